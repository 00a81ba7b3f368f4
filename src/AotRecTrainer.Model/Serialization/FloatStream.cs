using System.Globalization;
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
    /// <summary>The metadata key of the exponents of halves, one for every array.</summary>
    public const string ExponentsKey = "exponents";

    private static readonly Field Value = new("value", ArrowType.Float);
    private static readonly Field HalfValue = new("value", ArrowType.HalfFloat);

    /// <summary>Writes arrays; <paramref name="what"/> is what errors call them.</summary>
    /// <exception cref="ModelException">A number is not finite; nothing is written then.</exception>
    public static void Write(Stream output, string what, Dictionary<string, string> metadata, params ReadOnlySpan<ReadOnlyMemory<float>> arrays)
    {
        ContentChecksum checksum = new(metadata);
        foreach (ReadOnlyMemory<float> array in arrays)
        {
            if (!Finite.All(array.Span)) throw ModelException.Diverged($"{what} are not finite");
            checksum.Append(array.Span);
        }

        metadata[ContentChecksum.Key] = checksum.Text;
        Write(output, Value, metadata, arrays);
    }

    /// <summary>Writes arrays as halves, with the exponents of their powers of two in the metadata.</summary>
    /// <exception cref="ModelException">A number is not finite; nothing is written then.</exception>
    public static void WriteHalves(
        Stream output, string what, Dictionary<string, string> metadata, params ReadOnlySpan<ReadOnlyMemory<float>> arrays)
    {
        int[] exponents = new int[arrays.Length];
        ReadOnlyMemory<Half>[] halves = new ReadOnlyMemory<Half>[arrays.Length];
        for (int array = 0; array < arrays.Length; array++)
        {
            ReadOnlySpan<float> values = arrays[array].Span;
            if (!Finite.All(values)) throw ModelException.Diverged($"{what} are not finite");
            Half[] target = new Half[values.Length];
            exponents[array] = HalfCode.ExponentOf(values);
            HalfCode.Encode(values, exponents[array], target);
            halves[array] = target;
        }

        metadata[ExponentsKey] = string.Join(',', exponents.Select(static exponent => exponent.ToString(CultureInfo.InvariantCulture)));
        ContentChecksum checksum = new(metadata);
        foreach (ReadOnlyMemory<Half> array in halves) checksum.Append(array.Span);
        metadata[ContentChecksum.Key] = checksum.Text;
        Write<Half>(output, HalfValue, metadata, halves);
    }

    private static void Write<T>(
        Stream output, Field field, Dictionary<string, string> metadata, params ReadOnlySpan<ReadOnlyMemory<T>> arrays)
        where T : unmanaged
    {
        Schema schema = new([field], metadata);
        using ArrowStreamWriter writer = new(output, schema);
        foreach (ReadOnlyMemory<T> array in arrays)
        {
            using RecordBatch batch = new(schema, [Column.FromValues(field, array.Span)]);
            writer.Write(batch);
        }

        writer.Close();
    }
}
