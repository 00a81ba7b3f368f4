using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Tests.Arrow;

public sealed class PooledAllocatorTests
{
    [Fact]
    public void Allocate_AfterAFree_GivesTheSameBlockAgain()
    {
        PooledAllocator allocator = new(retainedBytesMax: 1 << 20);
        nint first = allocator.Allocate(100_032);
        allocator.Free(first, 100_032);
        nint again = allocator.Allocate(99_968);
        Assert.Equal(first, again);
        nint other = allocator.Allocate(99_968);
        Assert.NotEqual(first, other);
        allocator.Free(again, 99_968);
        allocator.Free(other, 99_968);
    }

    [Fact]
    public void Free_BeyondTheLimit_GivesTheMemoryBack()
    {
        PooledAllocator allocator = new(retainedBytesMax: 10_000);
        nint[] blocks = [.. Enumerable.Range(0, 3).Select(_ => allocator.Allocate(8_192))];
        foreach (nint block in blocks)
            allocator.Free(block, 8_192);
        Assert.Equal(8_192, allocator.RetainedBytes);
    }

    [Fact]
    public void SizeClass_EverySize_HasRoomAndWastesAtMostAQuarter()
    {
        for (long bytes = 64; bytes <= 1L << 26; bytes = (bytes * 9 / 8) + 64)
        {
            long multiple = bytes / 64 * 64;
            int index = PooledAllocator.SizeClass(multiple, out long size);
            Assert.InRange(size, multiple, multiple * 5 / 4);
            Assert.Equal(0, size % 64);
            Assert.Equal(multiple is > 4096 and <= 1L << 25, index >= 0);
            if (index >= 0)
            {
                Assert.Equal(index, PooledAllocator.SizeClass(size, out long same));
                Assert.Equal(size, same);
                Assert.Equal(index + 1, PooledAllocator.SizeClass(size + 64, out _) is int next and >= 0 ? next : index + 1);
            }
        }
    }
}
