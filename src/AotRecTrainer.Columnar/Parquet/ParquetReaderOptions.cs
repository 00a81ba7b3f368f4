using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Columnar.Parquet;

/// <summary>How a Parquet file is read.</summary>
public sealed record ParquetReaderOptions
{
    /// <summary>
    /// The most bytes that pages, dictionaries and the batch being read may need, beside the compressed bytes of at most two row groups.
    /// What goes beyond is an error: sizes in a file are claims. Null means 64 MiB and twice the file.
    /// </summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whether pages that have a checksum are held against it.</summary>
    public bool CheckSums { get; init; } = true;

    /// <summary>Where the memory of batches and of the reader itself comes from.</summary>
    public BufferAllocator Allocator { get; init; } = BufferAllocator.Shared;
}
