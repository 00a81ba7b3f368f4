namespace AotRecTrainer.Columnar.Parquet.Metadata;

/// <summary>Where one column of a row group lies in the file. Offsets count bytes from the start of the file.</summary>
internal sealed record ColumnChunk
{
    public PhysicalType Type { get; init; }

    public string Name { get; init; } = "";

    public int Codec { get; init; }

    public long Values { get; init; }

    public long UncompressedBytes { get; init; }

    public long CompressedBytes { get; init; }

    public long DataPageOffset { get; init; }

    /// <summary>0 when there is no dictionary.</summary>
    public long DictionaryPageOffset { get; init; }

    /// <summary>Whether the chunk lies in another file.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>What is known of the values; null when nothing is, and not read.</summary>
    public ChunkStatistics? Statistics { get; init; }

    /// <summary>Where the first page starts. Some writers leave the dictionary's offset at 0 or at that of the data.</summary>
    public long Start =>
        DictionaryPageOffset > 0 && DictionaryPageOffset < DataPageOffset ? DictionaryPageOffset : DataPageOffset;
}
