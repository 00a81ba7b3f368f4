using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>
/// Reads an Arrow IPC stream with the types of <see cref="ArrowTypeId"/>, uncompressed. The stream is not trusted: whatever is wrong
/// with it is an <see cref="ArrowFormatException"/>.
/// </summary>
/// <remarks>The stream read from stays open; its own errors pass through. A stream may end without an end mark between two messages.</remarks>
public sealed class ArrowStreamReader : IDisposable
{
    private readonly MessageReader _messages;
    private readonly BatchReader _reader;
    private int _batches;
    private bool _ended;

    /// <summary>Opens a stream and reads its schema.</summary>
    /// <param name="input">The stream; stays open.</param>
    /// <param name="allocator">Where the memory of batches comes from; null means <see cref="BufferAllocator.Shared"/>.</param>
    /// <exception cref="ArrowFormatException">The stream is damaged, or has something that is not supported.</exception>
    public ArrowStreamReader(Stream input, BufferAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        _messages = new MessageReader(input, allocator ?? BufferAllocator.Shared);
        byte[] metadata = _messages.ReadMetadata() ?? throw new ArrowFormatException("stream: no schema");
        FlatTable message = FlatTable.Root(metadata);
        if ((MessageKind)message.Byte(1) != MessageKind.Schema || message.Int64(3) != 0)
            throw new ArrowFormatException($"stream: begins with a message of kind {message.Byte(1)}, expected a schema");
        _reader = new BatchReader(_messages, message.Table(2), metadata.Length);
    }

    /// <summary>The columns of every batch.</summary>
    public Schema Schema => _reader.Schema;

    /// <summary>Reads the next batch, which the caller disposes; null at the end of the stream.</summary>
    /// <exception cref="ArrowFormatException">The stream is damaged, or has something that is not supported.</exception>
    public RecordBatch? ReadNext()
    {
        while (!_ended && _messages.ReadMetadata() is { } metadata)
        {
            if (_reader.Read(metadata, $"batch {_batches}") is { } batch)
            {
                _batches++;
                return batch;
            }
        }

        _ended = true;
        return null;
    }

    /// <summary>Ends reading; the stream stays open.</summary>
    public void Dispose()
    {
        _ended = true;
        _reader.Dispose();
    }
}
