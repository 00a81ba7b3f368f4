namespace AotRecTrainer.Dataset.Ids;

/// <summary>
/// Numbers integer ids in order of first appearance. Small ids, which is what nearly all data sets have, are looked up in a table;
/// the others in a hash table with open addressing.
/// </summary>
internal sealed class IdIndex
{
    // A table of this many codes takes 4 MB at most.
    private const int SmallMax = 1 << 20;
    private const long Empty = -1;
    private int[] _codeOfSmall = [];
    private long[] _keys = [];
    private int[] _codes = [];
    private int _large;
    private long[] _ids = new long[1 << 10];

    /// <summary>Number of different ids.</summary>
    public int Count { get; private set; }

    /// <summary>The ids by code.</summary>
    public ReadOnlySpan<long> Ids => _ids.AsSpan(0, Count);

    /// <summary>The code of an id, which gets the next free one when it is new.</summary>
    /// <param name="id">At least 0.</param>
    public int CodeOf(long id)
    {
        // The table holds codes plus one, so that a new table needs no filling.
        if ((ulong)id < (ulong)_codeOfSmall.Length && _codeOfSmall[id] is var known and not 0)
        {
            return known - 1;
        }

        return id < SmallMax ? AddSmall((int)id) : CodeOfLarge(id);
    }

    private int AddSmall(int id)
    {
        if (id >= _codeOfSmall.Length)
        {
            Array.Resize(ref _codeOfSmall, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(id + 1, 1 << 10)));
        }

        return (_codeOfSmall[id] = Append(id) + 1) - 1;
    }

    private int CodeOfLarge(long id)
    {
        if (_large >= _keys.Length / 2)
        {
            Grow();
        }

        int slot = Find(id);
        if (_keys[slot] == Empty)
        {
            (_keys[slot], _codes[slot]) = (id, Append(id));
            _large++;
        }

        return _codes[slot];
    }

    private int Append(long id)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, checked(_ids.Length * 2));
        }

        _ids[Count] = id;
        return Count++;
    }

    private int Find(long id)
    {
        int mask = _keys.Length - 1;
        int slot = (int)(Mixing.Mix((ulong)id) & (uint)mask);
        while (_keys[slot] != id && _keys[slot] != Empty)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        (long[] keys, int[] codes) = (_keys, _codes);
        _keys = new long[Math.Max(1 << 12, checked(keys.Length * 2))];
        _codes = new int[_keys.Length];
        Array.Fill(_keys, Empty);
        for (int old = 0; old < keys.Length; old++)
        {
            if (keys[old] != Empty)
            {
                int slot = Find(keys[old]);
                (_keys[slot], _codes[slot]) = (keys[old], codes[old]);
            }
        }
    }
}
