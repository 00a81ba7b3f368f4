namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Collects ratings in the order of the file and sorts them at the end, by counting.</summary>
internal sealed class RatingTableBuilder(bool withTimestamps)
{
    private const int FirstCapacity = 1 << 16;
    private readonly IdIndex _userIndex = new();
    private readonly IdIndex _itemIndex = new();
    private int[] _users = new int[FirstCapacity];
    private int[] _items = new int[FirstCapacity];
    private float[] _ratings = new float[FirstCapacity];
    private long[] _timestamps = new long[withTimestamps ? FirstCapacity : 0];
    private long _lastUserId = -1;
    private int _lastUser;

    /// <summary>Number of ratings so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one rating.</summary>
    public void Add(in ParsedRating rating)
    {
        if (Count == _users.Length)
        {
            Grow();
        }

        // Published files come user by user.
        if (rating.UserId != _lastUserId)
        {
            _lastUser = _userIndex.CodeOf(rating.UserId);
            _lastUserId = rating.UserId;
        }

        _users[Count] = _lastUser;
        _items[Count] = _itemIndex.CodeOf(rating.ItemId);
        _ratings[Count] = rating.Rating;
        if (withTimestamps)
        {
            _timestamps[Count] = rating.Timestamp;
        }

        Count++;
    }

    /// <summary>Sorts, drops all but the last of every pair, and returns the table; the builder is used up.</summary>
    public RatingTable Build()
    {
        long[] userIds = _userIndex.Ranked(out int[] userRanks);
        long[] itemIds = _itemIndex.Ranked(out int[] itemRanks);
        for (int index = 0; index < Count; index++)
        {
            _users[index] = userRanks[_users[index]];
            _items[index] = itemRanks[_items[index]];
        }

        // Stable passes by item and then by user leave lines of the same pair in the order of the file.
        int[] order = CountingSort(_items, itemIds.Length, order: null);
        order = CountingSort(_users, userIds.Length, order);
        int kept = KeepLastOfPairs(order);
        return new RatingTable(
            userIds, itemIds, Gather(_users, order, kept), Gather(_items, order, kept), Gather(_ratings, order, kept),
            withTimestamps ? Gather(_timestamps, order, kept) : null, Count - kept);
    }

    private static T[] Gather<T>(T[] column, int[] order, int count)
    {
        T[] gathered = new T[count];
        for (int index = 0; index < count; index++)
        {
            gathered[index] = column[order[index]];
        }

        return gathered;
    }

    private int[] CountingSort(int[] keys, int keyCount, int[]? order)
    {
        int[] next = new int[keyCount + 1];
        for (int index = 0; index < Count; index++)
        {
            next[keys[index] + 1]++;
        }

        for (int key = 0; key < keyCount; key++)
        {
            next[key + 1] += next[key];
        }

        int[] sorted = new int[Count];
        for (int index = 0; index < sorted.Length; index++)
        {
            int row = order is null ? index : order[index];
            sorted[next[keys[row]]++] = row;
        }

        return sorted;
    }

    private int KeepLastOfPairs(int[] order)
    {
        int kept = 0;
        for (int index = 0; index < order.Length; index++)
        {
            int row = order[index];
            if (kept > 0 && _users[order[kept - 1]] == _users[row] && _items[order[kept - 1]] == _items[row])
            {
                kept--;
            }

            order[kept++] = row;
        }

        return kept;
    }

    private void Grow()
    {
        int capacity = (int)Math.Min((long)_users.Length * 2, Array.MaxLength);
        if (capacity == _users.Length)
        {
            throw new RatingsFormatException($"more than {capacity} ratings; this is the most that one data set can hold");
        }

        Array.Resize(ref _users, capacity);
        Array.Resize(ref _items, capacity);
        Array.Resize(ref _ratings, capacity);
        if (withTimestamps)
        {
            Array.Resize(ref _timestamps, capacity);
        }
    }
}
