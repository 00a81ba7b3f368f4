using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>
/// Reads an Arrow IPC stream with the types of <see cref="ArrowTypeId"/>, uncompressed and without dictionaries. The stream is not
/// trusted: whatever is wrong with it is an <see cref="ArrowFormatException"/>.
/// </summary>
/// <remarks>The stream read from stays open; its own errors pass through. A stream may end without an end mark between two messages.</remarks>
public sealed class ArrowStreamReader : IDisposable
{
    private const int LargestMetadata = 1 << 28;
    private const int FirstPiece = 1 << 20;

    private readonly Stream _input;
    private int _batches;
    private bool _ended;

    /// <summary>Opens a stream and reads its schema.</summary>
    /// <exception cref="ArrowFormatException">The stream is damaged, or has something that is not supported.</exception>
    public ArrowStreamReader(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        byte[] metadata = ReadMetadata() ?? throw new ArrowFormatException("stream: no schema");
        FlatTable message = FlatTable.Root(metadata);
        if ((MessageKind)message.Byte(1) != MessageKind.Schema || message.Int64(3) != 0)
            throw new ArrowFormatException($"stream: begins with a message of kind {message.Byte(1)}, expected a schema");
        Schema = SchemaMessage.Read(message.Table(2));
    }

    /// <summary>The columns of every batch.</summary>
    public Schema Schema { get; }

    /// <summary>Reads the next batch, which the caller disposes; null at the end of the stream.</summary>
    /// <exception cref="ArrowFormatException">The stream is damaged, or has something that is not supported.</exception>
    public RecordBatch? ReadNext()
    {
        if (_ended)
            return null;
        byte[]? metadata = ReadMetadata();
        if (metadata is null)
        {
            _ended = true;
            return null;
        }

        FlatTable message = FlatTable.Root(metadata);
        string where = $"batch {_batches}";
        if ((MessageKind)message.Byte(1) != MessageKind.RecordBatch)
            throw new ArrowFormatException($"{where}: messages of kind {(MessageKind)message.Byte(1)} are not supported");
        FlatTable header = message.Table(2);
        if (header.Has(3))
            throw new ArrowFormatException($"{where}: compressed batches are not supported");
        long bodyLength = message.Int64(3);
        if (bodyLength is < 0 or > int.MaxValue)
            throw new ArrowFormatException($"{where}: a body of {bodyLength} bytes, expected less than 2 GiB");
        using NativeBuffer body = ReadBody((int)bodyLength, where);
        RecordBatch batch = new BatchDecoder(Schema, body, where).Decode(header);
        _batches++;
        return batch;
    }

    /// <summary>Ends reading; the stream stays open.</summary>
    public void Dispose() => _ended = true;

    /// <summary>Reads the metadata of the next message; null at the end.</summary>
    private byte[]? ReadMetadata()
    {
        Span<byte> word = stackalloc byte[4];
        int read = _input.ReadAtLeast(word, 4, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        bool marked = read == 4 && BinaryPrimitives.ReadInt32LittleEndian(word) == -1;
        if (marked)
            read = _input.ReadAtLeast(word, 4, throwOnEndOfStream: false);
        if (read < 4)
            throw new ArrowFormatException("stream: ends within a message");
        int length = BinaryPrimitives.ReadInt32LittleEndian(word);

        // Without the mark the length comes first: so streams were written before 2019.
        if (length == 0)
            return null;
        if (length is < 0 or > LargestMetadata)
            throw new ArrowFormatException($"stream: metadata of {length} bytes, expected at most {LargestMetadata}");
        byte[] metadata = new byte[Math.Min(length, FirstPiece)];
        int filled = 0;
        while (true)
        {
            filled += _input.ReadAtLeast(metadata.AsSpan(filled), metadata.Length - filled, throwOnEndOfStream: false);
            if (filled < metadata.Length)
                throw new ArrowFormatException($"stream: ends after {filled} of {length} bytes of metadata");
            if (filled == length)
                return metadata;
            Array.Resize(ref metadata, (int)Math.Min(length, metadata.Length * 2L));
        }
    }

    // A length is only a claim: memory for it is taken as the bytes arrive.
    private NativeBuffer ReadBody(int length, string where)
    {
        long known = _input.CanSeek ? _input.Length - _input.Position : FirstPiece;
        NativeBuffer body = NativeBuffer.Uninitialized((int)Math.Min(length, Math.Max(known, FirstPiece)));
        int filled = 0;
        try
        {
            while (true)
            {
                filled += _input.ReadAtLeast(body.Span[filled..], body.Length - filled, throwOnEndOfStream: false);
                if (filled < body.Length)
                    throw new ArrowFormatException($"{where}: ends after {filled} of {length} bytes");
                if (filled == length)
                    return body;
                body = body.Resize((int)Math.Min(length, body.Length * 2L));
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
