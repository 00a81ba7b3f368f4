namespace AotRecTrainer.Dataset.Ids;

/// <summary>Numbers text ids in order of first appearance: a hash table with open addressing over one array of bytes.</summary>
internal sealed class TextIdIndex
{
    private byte[] _bytes = new byte[1 << 14];
    private int[] _ends = new int[1 << 10];
    private uint[] _hashes = new uint[1 << 10];

    // Codes plus one; zero is a free slot.
    private int[] _slots = new int[1 << 12];

    /// <summary>Number of different ids.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of the id with a code.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.AsSpan(Start(code), _ends[code] - Start(code));

    /// <summary>The code of an id, which gets the next free one when it is new.</summary>
    public int CodeOf(ReadOnlySpan<byte> id)
    {
        uint hash = (uint)TextHash.Of(id);
        int mask = _slots.Length - 1, slot = (int)hash & mask;
        for (; _slots[slot] is var taken and not 0; slot = (slot + 1) & mask)
        {
            if (_hashes[taken - 1] == hash && this[taken - 1].SequenceEqual(id))
            {
                return taken - 1;
            }
        }

        _slots[slot] = Append(id, hash) + 1;
        if (Count > _slots.Length / 2)
        {
            Rehash();
        }

        return Count - 1;
    }

    private int Start(int code) => code == 0 ? 0 : _ends[code - 1];

    private int Append(ReadOnlySpan<byte> id, uint hash)
    {
        int start = Start(Count), end = checked(start + id.Length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, checked(Count * 2));
            Array.Resize(ref _hashes, Count * 2);
        }

        id.CopyTo(_bytes.AsSpan(start));
        (_ends[Count], _hashes[Count]) = (end, hash);
        return Count++;
    }

    private void Rehash()
    {
        _slots = new int[checked(_slots.Length * 2)];
        int mask = _slots.Length - 1;
        for (int code = 0; code < Count; code++)
        {
            int slot = (int)_hashes[code] & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = code + 1;
        }
    }
}
