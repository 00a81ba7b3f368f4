namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// Cuts a stream into lines without making strings, in one buffer of fixed size. A line over <see cref="LineBytesMax"/> is
/// reported and skipped, however long it is, so a file without newlines costs no memory.
/// </summary>
internal sealed class LineReader
{
    /// <summary>The longest line that is accepted, without its line end.</summary>
    public const int LineBytesMax = 64 * 1024;

    private const int BufferBytes = 1 << 20;
    private readonly Stream _input;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private bool _atEnd;
    private long _bytesRead;

    /// <summary>Starts at the stream's position, after a UTF-8 byte order mark if there is one.</summary>
    public LineReader(Stream input, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        _input = input;
        _progress = progress;
        _cancellation = cancellation;
        Fill();
        if (Buffered.StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }
    }

    /// <summary>Number of the line that was read last, from 1; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the line that was read last is longer than <see cref="LineBytesMax"/>; only its beginning is returned.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>What is in the buffer and not yet read; right after construction the beginning of the file.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads the next line; LF and CRLF end it, and the last one may end with the file.</summary>
    /// <param name="line">The line without its end, valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = Buffered.IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(length);
                _start += length + 1;
                return true;
            }

            if (_end - _start > LineBytesMax + 1)
            {
                // At most one byte over is a carriage return; beyond that the line is too long whatever follows.
                MoveToFront();
                line = Take(_end);
                SkipToNextLine();
                return true;
            }

            if (_atEnd)
            {
                line = Buffered;
                if (line.IsEmpty)
                {
                    return false;
                }

                line = Take(line.Length);
                _start = _end;
                return true;
            }

            Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Line++;
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        IsTooLong = line.Length > LineBytesMax;
        return IsTooLong ? line[..LineBytesMax] : line;
    }

    // The beginning of the long line is at the front and is read by the caller still; everything behind it is free.
    private void SkipToNextLine()
    {
        int newline, read;
        do
        {
            read = ReadInto(LineBytesMax);
            newline = _buffer.AsSpan(LineBytesMax, read).IndexOf((byte)'\n');
        }
        while (newline < 0 && read > 0);
        _start = LineBytesMax + newline + 1;
        _end = LineBytesMax + read;
    }

    private void Fill()
    {
        MoveToFront();
        _end += ReadInto(_end);
    }

    private void MoveToFront()
    {
        Buffered.CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }

    private int ReadInto(int at)
    {
        _cancellation.ThrowIfCancellationRequested();
        int read = _atEnd ? 0 : _input.Read(_buffer, at, BufferBytes - at);
        _atEnd |= read == 0;
        _bytesRead += read;
        _progress?.Report(_bytesRead);
        return read;
    }
}
