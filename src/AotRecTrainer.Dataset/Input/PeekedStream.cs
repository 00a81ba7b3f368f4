namespace AotRecTrainer.Dataset.Input;

/// <summary>A stream whose first bytes were looked at before; they come again, though it may be a pipe.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private const int SignatureBytes = 8;
    private readonly Stream _inner;
    private readonly byte[] _beginning;
    private int _used;

    /// <summary>Reads the beginning of a stream, which becomes this one's own.</summary>
    public PeekedStream(Stream inner)
    {
        _inner = inner;
        byte[] beginning = new byte[SignatureBytes];
        int read = inner.ReadAtLeast(beginning, SignatureBytes, throwOnEndOfStream: false);
        _beginning = beginning[..read];
    }

    /// <summary>What the beginning looks like.</summary>
    public InputFormat Format =>
        _beginning is [0x1F, 0x8B, ..] ? InputFormat.Gzip
        : _beginning.AsSpan().StartsWith("PAR1"u8) ? InputFormat.Parquet
        : _beginning.AsSpan().StartsWith("ARROW1"u8) ? InputFormat.ArrowFile
        : _beginning is [0xFF, 0xFF, 0xFF, 0xFF, ..] ? InputFormat.ArrowStream
        : InputFormat.Text;

    /// <summary>The stream itself, at its beginning; null for one that cannot seek.</summary>
    public Stream? Rewound()
    {
        if (!_inner.CanSeek)
        {
            return null;
        }

        _inner.Position = 0;
        return _inner;
    }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> left = _beginning.AsSpan(_used);
        if (left.IsEmpty)
        {
            return _inner.Read(buffer);
        }

        left = left[..Math.Min(left.Length, buffer.Length)];
        left.CopyTo(buffer);
        _used += left.Length;
        return left.Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
