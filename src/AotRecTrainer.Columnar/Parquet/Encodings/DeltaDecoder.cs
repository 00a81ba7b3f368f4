using System.Numerics;

namespace AotRecTrainer.Columnar.Parquet.Encodings;

/// <summary>
/// Reads DELTA_BINARY_PACKED from bytes that are not trusted: a first value, then blocks of differences, each as a smallest difference and,
/// in small groups, packed bits above it. Sums wrap around, as the format has it.
/// </summary>
internal struct DeltaDecoder
{
    private const int LargestBlock = 1 << 24;

    private readonly int _end;
    private readonly int _groupValues;
    private readonly int _groups;
    private int _position;
    private long _value;
    private long _left;
    private long _smallest;
    private int _widthsAt;
    private int _group;
    private int _width;
    private int _groupLeft;
    private long _bit;
    private bool _started;

    private DeltaDecoder(int end, int groupValues, int groups, int position, long first, long left)
    {
        _end = end;
        _groupValues = groupValues;
        _groups = groups;
        _position = position;
        _value = first;
        _left = left;
        _group = groups;
    }

    /// <summary>Values that have not been read.</summary>
    public readonly long Left => _left;

    /// <summary>Starts at <paramref name="start"/>; false when what stands there is not the head of such values.</summary>
    /// <param name="bytes">Holds the encoded bytes and <see cref="BitUnpacker.Slack"/> more; every call must be given the same.</param>
    /// <param name="start">The first encoded byte.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="decoder">Reads the values.</param>
    public static bool TryStart(ReadOnlySpan<byte> bytes, int start, int end, out DeltaDecoder decoder)
    {
        decoder = default;
        int at = start;
        if (!TryVarint(bytes, ref at, end, out ulong block) || !TryVarint(bytes, ref at, end, out ulong groups)
            || !TryVarint(bytes, ref at, end, out ulong count) || !TryVarint(bytes, ref at, end, out ulong first))
        {
            return false;
        }

        // The format asks for multiples of 128 and 32; a group must at least end with a byte.
        if (block is 0 or > LargestBlock || groups is 0 || block % groups != 0 || block / groups % 8 != 0 || count > long.MaxValue)
            return false;
        decoder = new DeltaDecoder(end, (int)(block / groups), (int)groups, at, ZigZag(first), (long)count);
        return true;
    }

    /// <summary>Fills the destination; false when there are fewer values or they are damaged.</summary>
    public bool TryRead<T>(ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (destination.Length > _left)
            return false;
        for (int i = 0; i < destination.Length; i++)
        {
            if (!_started)
            {
                _started = true;
            }
            else
            {
                if (_groupLeft == 0 && !TryNextGroup(bytes))
                    return false;
                _value += _smallest + (long)BitUnpacker.Unpack(bytes, _bit, _width);
                _bit += _width;
                _groupLeft--;
            }

            _left--;
            destination[i] = T.CreateTruncating(_value);
        }

        return true;
    }

    /// <summary>Passes over all values that are left and gives out where the bytes behind them start; false when they are damaged.</summary>
    public bool TrySkip(ReadOnlySpan<byte> bytes, out int next)
    {
        long left = _started || _left == 0 ? _left : _left - 1;
        left -= _groupLeft;
        while (left > 0)
        {
            if (!TryNextGroup(bytes, left))
            {
                next = 0;
                return false;
            }

            left -= _groupValues;
        }

        _left = 0;
        next = _position;
        return true;
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, int end, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && at < end; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    private bool TryNextGroup(ReadOnlySpan<byte> bytes) => TryNextGroup(bytes, _left);

    private bool TryNextGroup(ReadOnlySpan<byte> bytes, long valuesLeft)
    {
        if (_group == _groups)
        {
            if (!TryVarint(bytes, ref _position, _end, out ulong smallest) || _groups > _end - _position)
                return false;
            _smallest = ZigZag(smallest);
            _widthsAt = _position;
            _position += _groups;
            _group = 0;
        }

        _width = bytes[_widthsAt + _group++];
        if (_width > 64)
            return false;

        // The last group should be whole; where a writer cut it short, its values must be there.
        long whole = (long)_groupValues * _width / 8;
        long needed = ((Math.Min(valuesLeft, _groupValues) * _width) + 7) / 8;
        if (needed > _end - _position)
            return false;
        _bit = (long)_position * 8;
        _position = (int)Math.Min(_end, _position + whole);
        _groupLeft = _groupValues;
        return true;
    }
}
