using System.Runtime.InteropServices;
using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>
/// Counts what is allocated and not freed, and puts a guard behind each block to notice writes beyond it. Fresh memory is filled, so
/// that nothing can rely on zeros.
/// </summary>
internal sealed unsafe class CountingAllocator : BufferAllocator
{
    private const int GuardBytes = 64;
    private const byte Guard = 0xA5;

    private readonly Lock _lock = new();
    private readonly Dictionary<nint, long> _live = [];

    /// <summary>Blocks that are allocated and not freed.</summary>
    public int LiveBlocks => _live.Count;

    /// <summary>Bytes of those blocks.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>The most bytes there were at a time.</summary>
    public long PeakBytes { get; private set; }

    public override nint Allocate(long bytes)
    {
        Assert.True(bytes >= 64 && bytes % 64 == 0, $"{bytes} bytes");
        byte* block = (byte*)NativeMemory.AlignedAlloc((nuint)bytes + GuardBytes, 64);
        if (bytes < 1 << 16)
            new Span<byte>(block, (int)bytes).Fill(0xCD);
        new Span<byte>(block + bytes, GuardBytes).Fill(Guard);
        lock (_lock)
        {
            _live.Add((nint)block, bytes);
            LiveBytes += bytes;
            PeakBytes = Math.Max(PeakBytes, LiveBytes);
        }

        return (nint)block;
    }

    public override void Free(nint block, long bytes)
    {
        lock (_lock)
        {
            Assert.True(_live.Remove(block, out long allocated), "freed what is not allocated");
            Assert.Equal(allocated, bytes);
            LiveBytes -= bytes;
        }

        Assert.True(new Span<byte>((byte*)block + bytes, GuardBytes).IndexOfAnyExcept(Guard) < 0, "wrote behind the end of a block");
        NativeMemory.AlignedFree((void*)block);
    }
}
