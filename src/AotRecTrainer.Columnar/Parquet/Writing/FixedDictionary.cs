using System.Numerics;
using System.Runtime.CompilerServices;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>The different values of a column in the order in which they first appear. Values are the same when their bits are.</summary>
internal sealed class FixedDictionary<T>
    where T : unmanaged, IEquatable<T>
{
    private T[] _values = new T[64];
    private int[] _slots = new int[256];
    private int _count;
    private int _shift = 64 - 8;

    private FixedDictionary()
    {
    }

    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <summary>Builds a dictionary and the index of every value; null when there are more than <paramref name="most"/>.</summary>
    public static FixedDictionary<T>? TryBuild(ReadOnlySpan<T> values, Span<int> indices, int most)
    {
        FixedDictionary<T> dictionary = new();
        int index = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (index < 0 || !values[i].Equals(dictionary._values[index]))
                index = dictionary.IndexOf(values[i]);
            if (index >= most)
                return null;
            indices[i] = index;
        }

        return dictionary;
    }

    private int IndexOf(T value)
    {
        for (int slot = Hash(value); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            int index = _slots[slot] - 1;
            if (index < 0)
                return Add(value, slot);
            if (_values[index].Equals(value))
                return index;
        }
    }

    private int Add(T value, int slot)
    {
        if (_count == _values.Length)
        {
            Array.Resize(ref _values, _count * 2);
            Grow();
            slot = FreeSlot(value);
        }

        _values[_count] = value;
        _slots[slot] = ++_count;
        return _count - 1;
    }

    private int FreeSlot(T value)
    {
        int slot = Hash(value);
        while (_slots[slot] != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    // Four slots for each value there is room for: the search for a value rarely takes a second look.
    private void Grow()
    {
        _slots = new int[_values.Length * 4];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        for (int i = 0; i < _count; i++)
            _slots[FreeSlot(_values[i])] = i + 1;
    }

    private int Hash(T value)
    {
        ulong bits = Unsafe.SizeOf<T>() == sizeof(ulong) ? Unsafe.As<T, ulong>(ref value) : Unsafe.As<T, uint>(ref value);
        return (int)(bits * 0x9E3779B97F4A7C15UL >> _shift);
    }
}
