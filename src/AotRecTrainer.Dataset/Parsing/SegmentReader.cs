namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Cuts a stream into pieces of whole lines, which can then be parsed side by side. A line over <see cref="LineBytesMax"/> is cut short
/// and the rest of it skipped, however long it is, so a file without newlines costs no memory.
/// </summary>
/// <remarks>A UTF-8 byte order mark at the beginning is left out.</remarks>
internal sealed class SegmentReader
{
    /// <summary>The longest line that is accepted, without its line end.</summary>
    public const int LineBytesMax = 64 * 1024;

    /// <summary>The most bytes of a segment.</summary>
    public const int SegmentBytesMax = 1 << 20;

    private readonly Stream _input;
    private readonly CancellationToken _cancellation;
    private byte[] _next = NewBuffer();
    private int _filled;
    private bool _atEnd;
    private bool _started;

    /// <summary>Starts at the stream's position.</summary>
    public SegmentReader(Stream input, CancellationToken cancellation = default)
    {
        _input = input;
        _cancellation = cancellation;
    }

    /// <summary>Reads the next lines.</summary>
    /// <param name="buffer">An earlier segment's buffer that is no longer needed; null to get a new one.</param>
    /// <returns>
    /// Lines that each end with a newline (the last of the file with one that was added where there is none); empty at the end of the
    /// file. A line that is too long comes alone, as more than <see cref="LineBytesMax"/> of its bytes.
    /// </returns>
    public ArraySegment<byte> Next(byte[]? buffer = null)
    {
        Fill();
        int start = _started || !_next.AsSpan(0, _filled).StartsWith("\uFEFF"u8) ? 0 : 3;
        _started = true;
        byte[] full = _next;
        int last = full.AsSpan(start, _filled - start).LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            int end = start + last + 1, rest = _filled - end;
            _next = buffer ?? NewBuffer();
            full.AsSpan(end, rest).CopyTo(_next);
            _filled = rest;
            return new ArraySegment<byte>(full, start, end - start);
        }

        if (start == _filled)
        {
            return default;
        }

        int length = _filled - start;
        _next = buffer ?? NewBuffer();
        _filled = 0;
        if (!_atEnd)
        {
            // Two bytes more than allowed are too many even when one of them belongs to the line's end.
            length = LineBytesMax + 2;
            SkipLine();
        }

        full[start + length] = (byte)'\n';
        return new ArraySegment<byte>(full, start, length + 1);
    }

    // Room for a newline behind the last line.
    private static byte[] NewBuffer() => GC.AllocateUninitializedArray<byte>(SegmentBytesMax + 1);

    private void Fill()
    {
        while (!_atEnd && _filled < SegmentBytesMax)
        {
            _cancellation.ThrowIfCancellationRequested();
            int read = _input.Read(_next, _filled, SegmentBytesMax - _filled);
            _atEnd = read == 0;
            _filled += read;
        }
    }

    private void SkipLine()
    {
        do
        {
            Fill();
            int newline = _next.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                _filled -= newline + 1;
                _next.AsSpan(newline + 1, _filled).CopyTo(_next);
                return;
            }

            _filled = 0;
        }
        while (!_atEnd);
    }
}
