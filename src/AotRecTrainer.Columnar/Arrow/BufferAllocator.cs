namespace AotRecTrainer.Columnar.Arrow;

/// <summary>Where the memory of buffers comes from. Safe to use from several threads at once.</summary>
public abstract class BufferAllocator
{
    /// <summary>The allocator of the process: it keeps blocks that were freed for the next who needs one.</summary>
    public static BufferAllocator Shared { get; } = new PooledAllocator(retainedBytesMax: 32L << 20);

    /// <summary>Gives out a block of memory with any content.</summary>
    /// <param name="bytes">At least 64, and a multiple of 64.</param>
    /// <returns>The address: a multiple of 64. The block is the caller's until it is freed.</returns>
    /// <exception cref="OutOfMemoryException">There is no such block.</exception>
    public abstract nint Allocate(long bytes);

    /// <summary>Takes a block back.</summary>
    /// <param name="block">What <see cref="Allocate"/> gave out; not used any more.</param>
    /// <param name="bytes">As many as were asked for.</param>
    public abstract void Free(nint block, long bytes);
}
