using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The Arrow layout of models: an IPC stream with a record batch for every table (users, items, and in a round's task whatever
/// else), each row a bias and its factors. Numbers that describe the whole travel in the schema's metadata, and beside them a
/// <see cref="ContentChecksum"/>.
/// </summary>
internal static class ParameterTables
{
    /// <summary>Writes tables of rows with so many factors.</summary>
    /// <exception cref="ModelException">A number in them is not finite; nothing is written then.</exception>
    public static void Write(Stream output, int factors, Dictionary<string, string> metadata, params ReadOnlySpan<ParameterTable> tables)
    {
        ContentChecksum checksum = new(metadata);
        foreach (ParameterTable table in tables)
        {
            if (!Finite.All(table.Biases) || !Finite.All(table.Factors)) throw ModelException.Diverged("the parameters are not finite");
            checksum.Append(table.Biases);
            checksum.Append(table.Factors);
        }

        metadata[ContentChecksum.Key] = checksum.Text;
        Schema schema = new([new("bias", ArrowType.Float), new("factors", ArrowType.FixedSizeList(ArrowType.Float, factors))], metadata);
        using ArrowStreamWriter writer = new(output, schema);
        foreach (ParameterTable table in tables)
        {
            using RecordBatch batch = new(
                schema, [Column.FromValues<float>(schema.Fields[0], table.Biases), Column.FromValues<float>(schema.Fields[1], table.Factors)]);
            writer.Write(batch);
        }

        writer.Close();
    }

    /// <summary>Reads the tables into arrays that the caller sizes once the metadata is known.</summary>
    /// <exception cref="ModelException">The content is damaged, of another kind, or has numbers that are not finite.</exception>
    public static void Read(Stream content, string name, Func<IReadOnlyDictionary<string, string>, ParameterTable[]> allocate)
    {
        try
        {
            using ArrowStreamReader reader = new(content);
            IReadOnlyDictionary<string, string> metadata = reader.Schema.Metadata;
            ParameterTable[] tables = allocate(metadata);
            ContentChecksum checksum = new(metadata);
            for (int table = 0; table < tables.Length; table++)
            {
                ReadTable(reader, $"{name}: table {table}", tables[table]);
                checksum.Append(tables[table].Biases);
                checksum.Append(tables[table].Factors);
            }

            checksum.ThrowUnlessStored(new MetadataReader(metadata, name), name);
        }
        catch (ArrowFormatException problem)
        {
            throw new ModelException($"{name}: {problem.Message}", problem);
        }
    }

    private static void ReadTable(ArrowStreamReader reader, string name, ParameterTable table)
    {
        using RecordBatch batch = reader.ReadNext() ?? throw new ModelException($"{name} is missing");
        if (batch.Schema.Fields.Count != 2 || batch.Schema.Fields[0].Type != ArrowType.Float
            || batch.Schema.Fields[1].Type is not { Id: ArrowTypeId.FixedSizeList } factorType || factorType.Element != ArrowType.Float)
            throw new ModelException($"{name} has columns other than bias and factors");
        ReadOnlySpan<float> biases = batch.Columns[0].Values<float>();
        ReadOnlySpan<float> factors = batch.Columns[1].Values<float>();
        if (biases.Length != table.Biases.Length || factors.Length != table.Factors.Length)
        {
            throw new ModelException(
                $"{name} has {biases.Length} rows with {factors.Length} factors, expected {table.Biases.Length} with {table.Factors.Length}");
        }

        if (!Finite.All(biases) || !Finite.All(factors)) throw new ModelException($"{name} has numbers that are not finite");
        biases.CopyTo(table.Biases);
        factors.CopyTo(table.Factors);
    }
}
