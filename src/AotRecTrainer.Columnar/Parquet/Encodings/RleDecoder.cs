namespace AotRecTrainer.Columnar.Parquet.Encodings;

/// <summary>Reads Parquet's hybrid of run lengths and packed bits from bytes that are not trusted.</summary>
internal struct RleDecoder
{
    /// <summary>Bytes that must follow the encoded ones.</summary>
    public const int Slack = BitUnpacker.Slack;

    private readonly int _end;
    private readonly int _width;
    private int _position;
    private int _runLeft;
    private int _runValue;
    private int _packedLeft;
    private long _packedBit;

    /// <summary>Starts at <paramref name="start"/>. Every call must be given the same bytes.</summary>
    /// <param name="bytes">Holds the encoded bytes and at least <see cref="Slack"/> more.</param>
    /// <param name="start">The first encoded byte.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="width">Bits per value, 0 to 32.</param>
    public RleDecoder(ReadOnlySpan<byte> bytes, int start, int end, int width)
    {
        if (width is < 0 or > 32 || start < 0 || start > end || end > bytes.Length - Slack)
            throw new ArgumentException($"Bytes {start} to {end} of {bytes.Length}, {width} bits each.", nameof(bytes));
        _position = start;
        _end = end;
        _width = width;
    }

    /// <summary>Takes up to <paramref name="most"/> values that are all the same, when a run of such stands next.</summary>
    /// <returns>How many; 0 when packed values stand next, or nothing.</returns>
    public int TakeRun(ReadOnlySpan<byte> bytes, int most, out int value)
    {
        if (_runLeft == 0 && _packedLeft == 0)
            TryNext(bytes);
        int count = Math.Min(most, _runLeft);
        value = _runValue;
        _runLeft -= count;
        return count;
    }

    /// <summary>Fills the destination; false when the bytes end before or are damaged.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, Span<int> destination)
    {
        while (!destination.IsEmpty)
        {
            int count;
            if (_runLeft > 0)
            {
                count = Math.Min(_runLeft, destination.Length);
                destination[..count].Fill(_runValue);
                _runLeft -= count;
            }
            else if (_packedLeft > 0)
            {
                count = Math.Min(_packedLeft, destination.Length);
                Unpack(bytes, destination[..count]);
                _packedLeft -= count;
            }
            else if (TryNext(bytes))
            {
                continue;
            }
            else
            {
                return false;
            }

            destination = destination[count..];
        }

        return true;
    }

    private void Unpack(ReadOnlySpan<byte> bytes, Span<int> destination)
    {
        BitUnpacker.Unpack(bytes, _packedBit, _width, destination);
        _packedBit += (long)destination.Length * _width;
    }

    private bool TryNext(ReadOnlySpan<byte> input)
    {
        if (_position >= _end)
            return false;
        ulong head = 0;
        int shift = 0;
        byte next;
        do
        {
            if (_position >= _end || shift > 28)
                return false;
            next = input[_position++];
            head |= (ulong)(next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80);

        long count = (long)(head >> 1);
        if ((head & 1) == 0)
        {
            int bytes = (_width + 7) / 8;
            if (count is 0 or > int.MaxValue || bytes > _end - _position)
                return false;
            uint value = 0;
            for (int i = 0; i < bytes; i++)
                value |= (uint)input[_position++] << (8 * i);
            _runValue = (int)value;
            _runLeft = (int)count;
            return true;
        }

        // Some writers cut the last group short; what the bytes hold can be read.
        long available = _width == 0 ? int.MaxValue : (long)(_end - _position) * 8 / _width;
        long values = Math.Min(Math.Min(count * 8, available), int.MaxValue);
        _packedBit = (long)_position * 8;
        _packedLeft = (int)values;
        _position = (int)Math.Min(_end, _position + (count * _width));
        return values > 0;
    }
}
