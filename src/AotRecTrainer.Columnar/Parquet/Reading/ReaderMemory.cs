using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet.Reading;

/// <summary>
/// The memory that one reader holds, kept below a limit: sizes in a file are claims, and some codecs and run lengths let a few bytes
/// claim gigabytes.
/// </summary>
/// <param name="allocator">Where the memory comes from.</param>
/// <param name="limit">The most bytes at a time, without the batches that were handed out.</param>
internal sealed class ReaderMemory(BufferAllocator allocator, long limit)
{
    private long _bytes;
    private long _batchBytes;

    /// <summary>Allocates a buffer that the reader keeps; <see cref="Free"/> takes it back.</summary>
    /// <param name="bytes">How many; what is in them may be anything.</param>
    /// <param name="where">What they are for, for messages.</param>
    /// <exception cref="ParquetFormatException">They go beyond the limit.</exception>
    public NativeBuffer Allocate(long bytes, string where)
    {
        Reserve(bytes, where);
        try
        {
            return NativeBuffer.Uninitialized((int)bytes, allocator);
        }
        catch
        {
            Interlocked.Add(ref _bytes, -bytes);
            throw;
        }
    }

    /// <summary>Disposes a buffer of <see cref="Allocate"/>.</summary>
    public void Free(NativeBuffer? buffer)
    {
        if (buffer is null)
            return;
        Interlocked.Add(ref _bytes, -buffer.Length);
        buffer.Dispose();
    }

    /// <summary>Allocates a buffer that becomes part of a batch and is disposed with it.</summary>
    public NativeBuffer AllocateForBatch(long bytes, string where)
    {
        NativeBuffer buffer = Allocate(bytes, where);
        _batchBytes += bytes;
        return buffer;
    }

    /// <summary>Makes a buffer of a batch larger; what is in it stays.</summary>
    public NativeBuffer GrowForBatch(NativeBuffer buffer, long bytes, string where)
    {
        NativeBuffer larger = AllocateForBatch(bytes, where);
        buffer.Span.CopyTo(larger.Span);
        Interlocked.Add(ref _bytes, -buffer.Length);
        _batchBytes -= buffer.Length;
        buffer.Dispose();
        return larger;
    }

    /// <summary>The batch has been handed out or given up: its memory is its owner's from here on.</summary>
    public void EndBatch()
    {
        Interlocked.Add(ref _bytes, -_batchBytes);
        _batchBytes = 0;
    }

    private void Reserve(long bytes, string where)
    {
        if (bytes <= NativeBuffer.LongestLength && Interlocked.Add(ref _bytes, bytes) is long total && total <= limit)
            return;
        long held = bytes <= NativeBuffer.LongestLength ? Interlocked.Add(ref _bytes, -bytes) : _bytes;
        throw new ParquetFormatException(
            $"{where}: {bytes} bytes beside the {held} in use, expected at most {Math.Min(limit, NativeBuffer.LongestLength)}"
            + " (fewer rows at a time, or a higher limit of memory)");
    }
}
