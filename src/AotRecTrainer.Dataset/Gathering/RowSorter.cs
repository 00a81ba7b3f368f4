namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Sorts the rows of one user after the other in place. For one thread at a time.</summary>
internal sealed class RowSorter(UserColumns columns)
{
    private ulong[] _keys = [];
    private float[] _ratings = [];
    private long[] _timestamps = [];

    /// <summary>Sorts rows by item and drops all but the last of equal ones.</summary>
    /// <returns>The end of the rows that are left.</returns>
    public int Sort(int start, int end)
    {
        Span<int> items = columns.Items.AsSpan(start, end - start);
        return IsAscending(items) ? end : start + SortRows(items, columns.Ratings.AsSpan(start, items.Length), Timestamps(start, items.Length));
    }

    private Span<long> Timestamps(int start, int count) => columns.Timestamps.Length == 0 ? [] : columns.Timestamps.AsSpan(start, count);

    private static bool IsAscending(ReadOnlySpan<int> items)
    {
        for (int row = 1; row < items.Length; row++)
        {
            if (items[row] <= items[row - 1])
            {
                return false;
            }
        }

        return true;
    }

    private int SortRows(Span<int> items, Span<float> ratings, Span<long> timestamps)
    {
        if (_keys.Length < items.Length)
        {
            int capacity = Math.Max(1024, 2 * items.Length);
            (_keys, _ratings, _timestamps) = (new ulong[capacity], new float[capacity], new long[timestamps.IsEmpty ? 0 : capacity]);
        }

        // The place within the user makes keys distinct, and among equal items the last one the largest.
        Span<ulong> keys = _keys.AsSpan(0, items.Length);
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = ((ulong)items[row] << 32) | (uint)row;
        }

        keys.Sort();
        ratings.CopyTo(_ratings);
        timestamps.CopyTo(_timestamps);
        int kept = 0;
        for (int index = 0; index < keys.Length; index++)
        {
            int item = (int)(keys[index] >> 32), from = (int)(uint)keys[index];
            if (index + 1 < keys.Length && (int)(keys[index + 1] >> 32) == item)
            {
                continue;
            }

            items[kept] = item;
            ratings[kept] = _ratings[from];
            if (!timestamps.IsEmpty)
            {
                timestamps[kept] = _timestamps[from];
            }

            kept++;
        }

        return kept;
    }
}
