namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Numbers ids in order of first appearance: a hash table with open addressing, made for non-negative integers.</summary>
internal sealed class IdIndex
{
    private const long Empty = -1;
    private long[] _keys = Filled(1 << 12);
    private int[] _codes = new int[1 << 12];
    private long[] _ids = new long[1 << 10];

    /// <summary>Number of different ids.</summary>
    public int Count { get; private set; }

    /// <summary>The code of an id, which gets the next free one when it is new.</summary>
    /// <param name="id">At least 0.</param>
    public int CodeOf(long id)
    {
        int slot = Find(id);
        if (_keys[slot] == id)
        {
            return _codes[slot];
        }

        if (Count >= _keys.Length / 2)
        {
            Grow();
            slot = Find(id);
        }

        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, _ids.Length * 2);
        }

        _keys[slot] = id;
        _codes[slot] = Count;
        _ids[Count] = id;
        return Count++;
    }

    /// <summary>All ids in ascending order, and for every code the place of its id in that order.</summary>
    public long[] Ranked(out int[] rankOfCode)
    {
        long[] ids = _ids.AsSpan(0, Count).ToArray();
        int[] codes = new int[Count];
        for (int code = 0; code < codes.Length; code++)
        {
            codes[code] = code;
        }

        Array.Sort(ids, codes);
        rankOfCode = new int[Count];
        for (int rank = 0; rank < codes.Length; rank++)
        {
            rankOfCode[codes[rank]] = rank;
        }

        return ids;
    }

    private static long[] Filled(int length)
    {
        long[] keys = new long[length];
        Array.Fill(keys, Empty);
        return keys;
    }

    private int Find(long id)
    {
        long[] keys = _keys;
        int mask = keys.Length - 1;
        int slot = (int)(Mixing.Mix((ulong)id) & (uint)mask);
        while (keys[slot] != id && keys[slot] != Empty)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _keys = Filled(checked(_keys.Length * 2));
        _codes = new int[_keys.Length];
        for (int code = 0; code < Count; code++)
        {
            int slot = Find(_ids[code]);
            _keys[slot] = _ids[code];
            _codes[slot] = code;
        }
    }
}
