using System.Numerics;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Columnar.Arrow;

/// <summary>
/// Keeps freed blocks for the next who needs one of about the size: memory fresh from the system costs a page fault every 4 KiB, which
/// is more than decoding values into it.
/// </summary>
/// <param name="retainedBytesMax">The most bytes that are kept.</param>
internal sealed unsafe class PooledAllocator(long retainedBytesMax) : BufferAllocator
{
    private const int SmallestShift = 12;
    private const int LargestShift = 25;
    private const int ClassesPerDoubling = 4;

    private readonly Lock _lock = new();
    private readonly Stack<nint>[] _kept =
        [.. Enumerable.Range(0, (LargestShift - SmallestShift) * ClassesPerDoubling).Select(_ => new Stack<nint>())];

    private long _retainedBytes;

    /// <summary>Bytes that are kept now.</summary>
    internal long RetainedBytes => _retainedBytes;

    public override nint Allocate(long bytes)
    {
        int index = SizeClass(bytes, out long size);
        if (index >= 0)
        {
            lock (_lock)
            {
                if (_kept[index].TryPop(out nint block))
                {
                    _retainedBytes -= size;
                    return block;
                }
            }
        }

        return (nint)NativeMemory.AlignedAlloc((nuint)size, NativeBuffer.Alignment);
    }

    public override void Free(nint block, long bytes)
    {
        int index = SizeClass(bytes, out long size);
        if (index >= 0)
        {
            lock (_lock)
            {
                if (_retainedBytes + size <= retainedBytesMax)
                {
                    _kept[index].Push(block);
                    _retainedBytes += size;
                    return;
                }
            }
        }

        NativeMemory.AlignedFree((void*)block);
    }

    /// <summary>Rounds up to one of four sizes between each two powers of two; -1 for what is too small or too large to be kept.</summary>
    internal static int SizeClass(long bytes, out long size)
    {
        size = bytes;
        if (bytes is <= 1L << SmallestShift or > 1L << LargestShift)
            return -1;
        int shift = BitOperations.Log2((ulong)bytes - 1);
        int step = shift - BitOperations.Log2(ClassesPerDoubling);
        long steps = (bytes - 1) >> step;
        size = (steps + 1) << step;
        return ((shift - SmallestShift) * ClassesPerDoubling) + (int)(steps & (ClassesPerDoubling - 1));
    }
}
