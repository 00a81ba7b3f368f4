using AotRecTrainer.Storage;

namespace AotRecTrainer.Dataset.Input;

/// <summary>Reads an object range by range; the next range is on its way while one is used.</summary>
/// <remarks>Reading blocks the calling thread while a range is on its way: parsers and decoders work on streams that do.</remarks>
internal sealed class ObjectStream(IObjectStore store, string key, long length) : ReadOnlyStream
{
    private const int RangeBytes = 4 << 20;
    private long _position;
    private long _range = -1;
    private byte[] _bytes = [];
    private Task<byte[]>? _ahead;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        Load(_position / RangeBytes);
        ReadOnlySpan<byte> available = _bytes.AsSpan((int)(_position % RangeBytes));
        available = available[..Math.Min(available.Length, buffer.Length)];
        available.CopyTo(buffer);
        _position += available.Length;
        return available.Length;
    }

    private void Load(long range)
    {
        if (range == _range)
        {
            return;
        }

        bool follows = range == _range + 1;
        Task<byte[]> task = follows && _ahead is not null ? _ahead : GetAsync(range);
        _ahead = null;
        _bytes = task.GetAwaiter().GetResult();
        _range = range;
        if (follows && (range + 1) * RangeBytes < length)
        {
            _ahead = GetAsync(range + 1);
        }
    }

    private async Task<byte[]> GetAsync(long range)
    {
        long start = range * RangeBytes;
        int count = (int)Math.Min(RangeBytes, length - start);
        byte[] bytes = await store.GetRangeAsync(key, start, count) ?? [];
        return bytes.Length == count
            ? bytes
            : throw new StorageException("get", key, store.Location, $"{bytes.Length} bytes from {start} on, expected {count}: it has changed");
    }
}
