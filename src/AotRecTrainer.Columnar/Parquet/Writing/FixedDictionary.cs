using System.Numerics;
using System.Runtime.CompilerServices;

namespace AotRecTrainer.Columnar.Parquet.Writing;

/// <summary>
/// The different values of a column in the order in which they first appear. Values are the same when their bits are. Its memory is used
/// again for each column.
/// </summary>
internal sealed class FixedDictionary<T>
    where T : unmanaged, IEquatable<T>
{
    private const int FirstCapacity = 64;

    // A column this long is worth a look at how it begins.
    private const int SampledRowsMin = 1 << 15;

    // Four slots for each value there is room for: the search for a value rarely takes a second look.
    private const int SlotsPerValue = 4;
    private T[] _values = new T[FirstCapacity];
    private int[] _slots = new int[FirstCapacity * SlotsPerValue];
    private int _capacity;
    private int _count;
    private int _shift;

    /// <summary>The different values of the last column, until the next one.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, _count);

    /// <summary>
    /// Builds the dictionary and the index of every value; false when there are more than <paramref name="most"/>, or when hardly any
    /// value repeats in the first eighth of a long column: to go on would take longer than all the rest of the writing, for nothing.
    /// </summary>
    public bool TryBuild(ReadOnlySpan<T> values, Span<int> indices, int most)
    {
        Begin();
        int sample = values.Length < SampledRowsMin ? 0 : values.Length / 8;
        return TryAdd(values[..sample], indices, most)
            && _count <= sample - (sample / 8)
            && TryAdd(values[sample..], indices[sample..], most);
    }

    private void Begin()
    {
        _count = 0;
        Resize(FirstCapacity);
    }

    private bool TryAdd(ReadOnlySpan<T> values, Span<int> indices, int most)
    {
        T last = default;
        int index = -1;
        for (int i = 0; i < values.Length; i++)
        {
            T value = values[i];
            if (index < 0 || !value.Equals(last))
                (last, index) = (value, IndexOf(value));
            if (index >= most)
                return false;
            indices[i] = index;
        }

        return true;
    }

    private int IndexOf(T value)
    {
        ReadOnlySpan<int> slots = _slots;
        ReadOnlySpan<T> known = _values;
        for (int slot = Hash(value); ; slot = (slot + 1) & ((_capacity * SlotsPerValue) - 1))
        {
            int index = slots[slot] - 1;
            if (index < 0)
                return Add(value, slot);
            if (known[index].Equals(value))
                return index;
        }
    }

    private int Add(T value, int slot)
    {
        if (_count == _capacity)
        {
            Resize(_capacity * 2);
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
            slot = (slot + 1) & ((_capacity * SlotsPerValue) - 1);
        return slot;
    }

    private void Resize(int capacity)
    {
        _capacity = capacity;
        _shift = 64 - BitOperations.Log2((uint)(capacity * SlotsPerValue));
        if (_values.Length < capacity)
        {
            Array.Resize(ref _values, capacity);
            _slots = new int[capacity * SlotsPerValue];
        }

        // Fresh memory too: to read it before it is written would cost a second page fault.
        _slots.AsSpan(0, capacity * SlotsPerValue).Clear();
        for (int i = 0; i < _count; i++)
            _slots[FreeSlot(_values[i])] = i + 1;
    }

    private int Hash(T value)
    {
        ulong bits = Unsafe.SizeOf<T>() == sizeof(ulong) ? Unsafe.As<T, ulong>(ref value) : Unsafe.As<T, uint>(ref value);
        return (int)(bits * 0x9E3779B97F4A7C15UL >> _shift);
    }
}
