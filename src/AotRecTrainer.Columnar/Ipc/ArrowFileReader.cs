using System.Buffers.Binary;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Ipc;

/// <summary>
/// Reads an Arrow IPC file (also known as Feather) with the types of <see cref="ArrowTypeId"/>, uncompressed, its batches in any order.
/// The file is not trusted: whatever is wrong with it is an <see cref="ArrowFormatException"/>.
/// </summary>
/// <remarks>One thread at a time; the stream's own errors pass through.</remarks>
public sealed class ArrowFileReader : IDisposable
{
    private const int TailBytes = 10;

    private readonly Stream _input;
    private readonly bool _leaveOpen;
    private readonly MessageReader _messages;
    private readonly BatchReader _reader;
    private readonly IpcBlock[] _batches;

    /// <summary>Opens a file, and reads its footer and its dictionaries.</summary>
    /// <param name="seekable">The file; it starts at position 0 of the stream.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    /// <param name="allocator">Where the memory of batches comes from; null means <see cref="BufferAllocator.Shared"/>.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ArrowFormatException">The file is damaged, or has something that is not supported.</exception>
    public ArrowFileReader(Stream seekable, bool leaveOpen = false, BufferAllocator? allocator = null)
    {
        ArgumentNullException.ThrowIfNull(seekable);
        if (!seekable.CanSeek)
            throw new ArgumentException("The stream cannot seek.", nameof(seekable));
        _input = seekable;
        _leaveOpen = leaveOpen;
        _messages = new MessageReader(seekable, allocator ?? BufferAllocator.Shared);
        BatchReader? reader = null;
        try
        {
            byte[] bytes = ReadFooter(seekable);
            FlatTable footer = FlatTable.Root(bytes);
            reader = new BatchReader(_messages, footer.Table(1), bytes.Length);
            _batches = [.. Blocks(footer, 3, seekable.Length)];
            foreach (IpcBlock block in Blocks(footer, 2, seekable.Length))
            {
                using RecordBatch? notExpected = ReadAt(reader, block, "dictionaries");
                if (notExpected is not null)
                    throw new ArrowFormatException("dictionaries: a batch, expected a dictionary");
            }

            _reader = reader;
        }
        catch
        {
            reader?.Dispose();
            if (!leaveOpen)
                seekable.Dispose();
            throw;
        }
    }

    /// <summary>The columns of every batch.</summary>
    public Schema Schema => _reader.Schema;

    /// <summary>Batches of the file.</summary>
    public int BatchCount => _batches.Length;

    /// <summary>Reads a batch, which the caller disposes.</summary>
    /// <param name="index">Which; from 0.</param>
    /// <exception cref="ArrowFormatException">The batch is damaged, or has something that is not supported.</exception>
    public RecordBatch ReadBatch(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BatchCount);
        return ReadAt(_reader, _batches[index], $"batch {index}")
            ?? throw new ArrowFormatException($"batch {index}: a dictionary, expected a batch");
    }

    /// <summary>Closes the file, unless it is to be left open.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        if (!_leaveOpen)
            _input.Dispose();
    }

    private static byte[] ReadFooter(Stream input)
    {
        ReadOnlySpan<byte> magic = ArrowFileWriter.Magic[..6];
        if (input.Length < magic.Length + TailBytes)
            throw new ArrowFormatException($"file: {input.Length} bytes, expected an Arrow file");
        Span<byte> tail = stackalloc byte[TailBytes];
        ReadExactly(input, input.Length - TailBytes, tail);
        if (!tail[4..].SequenceEqual(magic))
            throw new ArrowFormatException("file: no ARROW1 at its end, expected an Arrow file");
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > input.Length - TailBytes - magic.Length)
            throw new ArrowFormatException($"file: footer of {length} bytes, expected at most {input.Length - TailBytes - magic.Length}");
        byte[] footer = new byte[length];
        ReadExactly(input, input.Length - TailBytes - length, footer);
        return footer;
    }

    private static void ReadExactly(Stream input, long position, Span<byte> destination)
    {
        input.Seek(position, SeekOrigin.Begin);
        if (input.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new ArrowFormatException($"file: ends before byte {position + destination.Length}");
    }

    private static List<IpcBlock> Blocks(FlatTable footer, int field, long fileLength)
    {
        List<IpcBlock> blocks = [];
        for (int i = 0; i < footer.Count(field, 24); i++)
        {
            IpcBlock block = footer.BlockAt(field, i);
            if (block.Offset < 0 || block.Offset >= fileLength)
                throw new ArrowFormatException($"file: a message at byte {block.Offset} of {fileLength}");
            blocks.Add(block);
        }

        return blocks;
    }

    private RecordBatch? ReadAt(BatchReader reader, IpcBlock block, string where)
    {
        _input.Seek(block.Offset, SeekOrigin.Begin);
        byte[] metadata = _messages.ReadMetadata() ?? throw new ArrowFormatException($"{where}: no message at byte {block.Offset}");
        return reader.Read(metadata, where);
    }
}
