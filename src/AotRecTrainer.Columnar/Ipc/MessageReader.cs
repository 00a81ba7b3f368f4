using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>Reads the messages of streams and files. Lengths are claims: memory is taken as the bytes arrive.</summary>
internal sealed class MessageReader(Stream input, BufferAllocator allocator)
{
    private const int LargestMetadata = 1 << 28;
    private const int FirstPiece = 1 << 20;

    /// <summary>Where the memory of bodies comes from.</summary>
    public BufferAllocator Allocator => allocator;

    /// <summary>Reads the metadata of the next message; null at the end.</summary>
    public byte[]? ReadMetadata()
    {
        Span<byte> word = stackalloc byte[4];
        int read = input.ReadAtLeast(word, 4, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        bool marked = read == 4 && BinaryPrimitives.ReadInt32LittleEndian(word) == -1;
        if (marked)
            read = input.ReadAtLeast(word, 4, throwOnEndOfStream: false);
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
            filled += input.ReadAtLeast(metadata.AsSpan(filled), metadata.Length - filled, throwOnEndOfStream: false);
            if (filled < metadata.Length)
                throw new ArrowFormatException($"stream: ends after {filled} of {length} bytes of metadata");
            if (filled == length)
                return metadata;
            Array.Resize(ref metadata, (int)Math.Min(length, metadata.Length * 2L));
        }
    }

    /// <summary>Reads the body of a message, which the caller disposes.</summary>
    public NativeBuffer ReadBody(long bodyLength, string where)
    {
        if (bodyLength < 0 || bodyLength > NativeBuffer.LongestLength)
            throw new ArrowFormatException($"{where}: a body of {bodyLength} bytes, expected less than 2 GiB");
        int length = (int)bodyLength;
        long known = input.CanSeek ? input.Length - input.Position : FirstPiece;
        NativeBuffer body = NativeBuffer.Uninitialized((int)Math.Min(length, Math.Max(known, FirstPiece)), allocator);
        int filled = 0;
        try
        {
            while (true)
            {
                filled += input.ReadAtLeast(body.Span[filled..], body.Length - filled, throwOnEndOfStream: false);
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
