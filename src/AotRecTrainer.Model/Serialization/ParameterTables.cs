using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The one Arrow layout of everything that is shaped like a model: an IPC stream of two record batches, user rows and then
/// item rows, each row a bias and its factors. Numbers that describe the whole travel in the schema's metadata.
/// </summary>
internal static class ParameterTables
{
    public static byte[] Write(
        int factors, IReadOnlyDictionary<string, string> metadata,
        ReadOnlySpan<float> userFactors, ReadOnlySpan<float> userBiases,
        ReadOnlySpan<float> itemFactors, ReadOnlySpan<float> itemBiases)
    {
        Field bias = new("bias", ArrowType.Float);
        Field rows = new("factors", ArrowType.FixedSizeList(ArrowType.Float, factors));
        Schema schema = new([bias, rows], metadata);
        using MemoryStream stream = new(1024 + (sizeof(float) * (userFactors.Length + userBiases.Length + itemFactors.Length + itemBiases.Length)));
        using (ArrowStreamWriter writer = new(stream, schema))
        {
            WriteSide(writer, schema, userFactors, userBiases);
            WriteSide(writer, schema, itemFactors, itemBiases);
            writer.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Reads both sides into arrays that the caller sizes once the metadata is known.</summary>
    public static void Read(byte[] content, string name, Func<IReadOnlyDictionary<string, string>, ParameterRows> allocate)
    {
        try
        {
            using MemoryStream stream = new(content, writable: false);
            using ArrowStreamReader reader = new(stream);
            ParameterRows rows = allocate(reader.Schema.Metadata);
            ReadSide(reader, name, "user", rows.UserFactors, rows.UserBiases);
            ReadSide(reader, name, "item", rows.ItemFactors, rows.ItemBiases);
        }
        catch (ArrowFormatException problem)
        {
            throw new ModelException($"{name}: {problem.Message}", problem);
        }
    }

    private static void WriteSide(ArrowStreamWriter writer, Schema schema, ReadOnlySpan<float> factors, ReadOnlySpan<float> biases)
    {
        using RecordBatch batch = new(schema, [Column.FromValues(schema.Fields[0], biases), Column.FromValues(schema.Fields[1], factors)]);
        writer.Write(batch);
    }

    private static void ReadSide(ArrowStreamReader reader, string name, string side, float[] factors, float[] biases)
    {
        using RecordBatch batch = reader.ReadNext() ?? throw new ModelException($"{name}: the {side} rows are missing");
        if (batch.Schema.Fields.Count != 2 || batch.Schema.Fields[0].Type != ArrowType.Float
            || batch.Schema.Fields[1].Type.Id != ArrowTypeId.FixedSizeList)
            throw new ModelException($"{name}: columns other than bias and factors");
        ReadOnlySpan<float> biasValues = batch.Columns[0].Values<float>();
        ReadOnlySpan<float> factorValues = batch.Columns[1].Values<float>();
        if (biasValues.Length != biases.Length || factorValues.Length != factors.Length)
            throw new ModelException($"{name}: {biasValues.Length} {side} rows with {factorValues.Length} factors, expected {biases.Length} with {factors.Length}");
        biasValues.CopyTo(biases);
        factorValues.CopyTo(factors);
    }
}
