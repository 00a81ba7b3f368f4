using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The Arrow layout of everything that is not shaped like a model: an IPC stream of one column of numbers, with a record batch for
/// every array. What the arrays are stands in the schema's metadata, and beside it a <see cref="ContentChecksum"/>.
/// </summary>
internal static class FloatStream
{
    private static readonly Field Value = new("value", ArrowType.Float);

    /// <summary>Writes arrays; <paramref name="what"/> is what errors call them.</summary>
    /// <exception cref="ModelException">A number is not finite.</exception>
    public static byte[] Write(string what, Dictionary<string, string> metadata, params ReadOnlySpan<ReadOnlyMemory<float>> arrays)
    {
        ContentChecksum checksum = new(metadata);
        int values = 0;
        foreach (ReadOnlyMemory<float> array in arrays)
        {
            if (!Finite.All(array.Span)) throw ModelException.Diverged($"{what} are not finite");
            checksum.Append(array.Span);
            values = checked(values + array.Length);
        }

        metadata[ContentChecksum.Key] = checksum.Text;
        Schema schema = new([Value], metadata);
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
}
