using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The Arrow layout of everything that is not shaped like a model: an IPC stream of one column of numbers, with a record batch for
/// every array. What the arrays are stands in the schema's metadata.
/// </summary>
internal static class FloatStream
{
    private static readonly Field Value = new("value", ArrowType.Float);

    public static byte[] Write(IReadOnlyDictionary<string, string> metadata, params ReadOnlySpan<ReadOnlyMemory<float>> arrays)
    {
        Schema schema = new([Value], metadata);
        int values = 0;
        foreach (ReadOnlyMemory<float> array in arrays) values = checked(values + array.Length);
        using MemoryStream stream = new(1024 + (sizeof(float) * values));
        using (ArrowStreamWriter writer = new(stream, schema))
        {
            foreach (ReadOnlyMemory<float> array in arrays)
            {
                using RecordBatch batch = new(schema, [Column.FromValues(Value, array.Span)]);
                writer.Write(batch);
            }

            writer.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Opens a stream; arrays are then read in their order.</summary>
    /// <exception cref="ModelException">The content is damaged or of another kind.</exception>
    public static FloatStreamReader Open(byte[] content, string name) => new(content, name);
}
