using System.Numerics;
using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet.Metadata;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>Finds the smallest and the largest value of a column chunk.</summary>
internal static class Extremes
{
    // Long texts would bloat the footer, which every reader reads.
    private const int LongestText = 64;

    /// <summary>Of values that stand in the file as <paramref name="stored"/>, nulls left out.</summary>
    public static ChunkStatistics OfFixed(ArrowTypeId type, ReadOnlySpan<byte> stored, int nulls) => type switch
    {
        ArrowTypeId.Float => OfNumbers(MemoryMarshal.Cast<byte, float>(stored), nulls),
        ArrowTypeId.Double => OfNumbers(MemoryMarshal.Cast<byte, double>(stored), nulls),
        ArrowTypeId.Int64 or ArrowTypeId.Timestamp => OfIntegers(MemoryMarshal.Cast<byte, long>(stored), nulls),
        _ => OfIntegers(MemoryMarshal.Cast<byte, int>(stored), nulls),
    };

    public static ChunkStatistics OfTruths(Column column, int start, int rows)
    {
        int nulls = 0;
        int truths = 0;
        for (int i = start; i < start + rows; i++)
        {
            nulls += column.IsNull(i) ? 1 : 0;
            truths += !column.IsNull(i) && column.GetBoolean(i) ? 1 : 0;
        }

        return nulls == rows
            ? new ChunkStatistics(nulls, null, null)
            : new ChunkStatistics(nulls, [truths == rows - nulls ? (byte)1 : (byte)0], [truths > 0 ? (byte)1 : (byte)0]);
    }

    public static ChunkStatistics OfText(Column column, int start, int rows, int nulls)
    {
        int smallest = -1;
        int largest = -1;
        for (int i = start; i < start + rows; i++)
        {
            if (column.IsNull(i))
                continue;
            if (smallest < 0 || column.GetUtf8(i).SequenceCompareTo(column.GetUtf8(smallest)) < 0)
                smallest = i;
            if (largest < 0 || column.GetUtf8(i).SequenceCompareTo(column.GetUtf8(largest)) > 0)
                largest = i;
        }

        return smallest < 0 || column.GetUtf8(smallest).Length > LongestText || column.GetUtf8(largest).Length > LongestText
            ? new ChunkStatistics(nulls, null, null)
            : new ChunkStatistics(nulls, column.GetUtf8(smallest).ToArray(), column.GetUtf8(largest).ToArray());
    }

    private static ChunkStatistics OfIntegers<T>(ReadOnlySpan<T> values, int nulls)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (values.IsEmpty)
            return new ChunkStatistics(nulls, null, null);
        ReadOnlySpan<Vector<T>> wide = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> smallestOf = new(values[0]);
        Vector<T> largestOf = smallestOf;
        foreach (Vector<T> several in wide)
        {
            smallestOf = Vector.Min(smallestOf, several);
            largestOf = Vector.Max(largestOf, several);
        }

        T smallest = values[0];
        T largest = values[0];
        for (int lane = 0; lane < Vector<T>.Count; lane++)
        {
            smallest = T.Min(smallest, smallestOf[lane]);
            largest = T.Max(largest, largestOf[lane]);
        }

        foreach (T value in values[(wide.Length * Vector<T>.Count)..])
        {
            smallest = T.Min(smallest, value);
            largest = T.Max(largest, value);
        }

        return Of(nulls, smallest, largest);
    }

    // NaN has no place in the order and is left out; a zero may stand for either of the two zeros, so the bounds take the outer one.
    private static ChunkStatistics OfNumbers<T>(ReadOnlySpan<T> values, int nulls)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T smallest = T.PositiveInfinity;
        T largest = T.NegativeInfinity;
        bool any = false;
        foreach (T value in values)
        {
            if (T.IsNaN(value))
                continue;
            any = true;
            smallest = value < smallest ? value : smallest;
            largest = value > largest ? value : largest;
        }

        if (!any)
            return new ChunkStatistics(nulls, null, null);
        return Of(nulls, T.IsZero(smallest) ? T.NegativeZero : smallest, T.IsZero(largest) ? T.Zero : largest);
    }

    private static ChunkStatistics Of<T>(int nulls, T smallest, T largest)
        where T : unmanaged =>
        new(nulls, MemoryMarshal.AsBytes([smallest]).ToArray(), MemoryMarshal.AsBytes([largest]).ToArray());
}
