using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>The different texts of a column, each known by the first row it appears in.</summary>
internal sealed class TextDictionary
{
    private readonly List<int> _rows = [];
    private int[] _slots = new int[256];

    private TextDictionary()
    {
    }

    /// <summary>The first row of each text.</summary>
    public IReadOnlyList<int> Rows => _rows;

    /// <summary>Bytes of the texts, each behind its length.</summary>
    public long PlainBytes { get; private set; }

    /// <summary>
    /// Builds a dictionary and the index of every row that has a text; null when they need more than <paramref name="mostBytes"/>,
    /// or there is none at all.
    /// </summary>
    public static TextDictionary? TryBuild(Column column, int start, int rows, Span<int> indices, int mostBytes)
    {
        TextDictionary dictionary = new();
        int written = 0;
        for (int row = start; row < start + rows; row++)
        {
            if (column.IsNull(row))
                continue;
            int before = dictionary._rows.Count;
            indices[written++] = dictionary.IndexOf(column, row);
            if (dictionary._rows.Count > before)
                dictionary.PlainBytes += column.GetUtf8(row).Length + sizeof(int);
            if (dictionary.PlainBytes > mostBytes)
                return null;
        }

        return dictionary._rows.Count == 0 ? null : dictionary;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
            text = text[8..];
        }

        foreach (byte value in text)
            hash = (hash ^ value) * 0x9E3779B97F4A7C15UL;
        return (uint)(hash >> 32);
    }

    private int IndexOf(Column column, int row)
    {
        ReadOnlySpan<byte> text = column.GetUtf8(row);
        int slot = Find(column, text);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;
        _rows.Add(row);
        _slots[slot] = _rows.Count;
        int added = _rows.Count - 1;
        if (_rows.Count * 2 > _slots.Length)
            Grow(column);
        return added;
    }

    private int Find(Column column, ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(Hash(text) & (uint)mask);
        while (_slots[slot] != 0 && !column.GetUtf8(_rows[_slots[slot] - 1]).SequenceEqual(text))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow(Column column)
    {
        _slots = new int[_slots.Length * 4];
        for (int i = 0; i < _rows.Count; i++)
            _slots[Find(column, column.GetUtf8(_rows[i]))] = i + 1;
    }
}
