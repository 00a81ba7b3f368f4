namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Reads a stream line by line without making strings.</summary>
internal sealed class LineReader(Stream input, CancellationToken cancellation = default)
{
    private readonly SegmentReader _segments = new(input, cancellation);
    private ArraySegment<byte> _segment;
    private int _at;

    /// <summary>Number of the line that was read last, from 1; 0 before the first.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the line that was read last is longer than allowed; only its beginning is returned.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; LF and CRLF end it, and the last one may end with the file.</summary>
    /// <param name="line">The line without its end, valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        if (_at == _segment.Count)
        {
            _segment = _segments.Next(_segment.Array);
            _at = 0;
            if (_segment.Count == 0)
            {
                line = default;
                return false;
            }
        }

        line = LineAt(_segment, ref _at);
        Line++;
        IsTooLong = line.Length > SegmentReader.LineBytesMax;
        return true;
    }

    /// <summary>The line of a segment that begins at a position, which moves behind it.</summary>
    public static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> segment, ref int at)
    {
        ReadOnlySpan<byte> rest = segment[at..];
        int length = rest.IndexOf((byte)'\n');
        at += length + 1;
        return length > 0 && rest[length - 1] == '\r' ? rest[..(length - 1)] : rest[..length];
    }
}
