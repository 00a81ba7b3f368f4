namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>A beginning and then the same byte over and over: a file of any size that takes no space.</summary>
internal sealed class RepeatingStream(byte[] beginning, byte filler, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, length - _position);
        buffer = buffer[..count];
        buffer.Fill(filler);
        if (_position < beginning.Length)
        {
            ReadOnlySpan<byte> left = beginning.AsSpan((int)_position);
            left[..Math.Min(left.Length, count)].CopyTo(buffer);
        }

        _position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
