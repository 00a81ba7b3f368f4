namespace AotRecTrainer.Columnar.Parquet;

/// <summary>How a Parquet file is written.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>How pages are compressed.</summary>
    public Compression Compression { get; init; } = Compression.Snappy;

    /// <summary>The most rows of a row group; a larger batch becomes several. At least 1.</summary>
    public int RowGroupRows { get; init; } = 1 << 20;

    /// <summary>The most rows of a page. At least 1.</summary>
    public int PageRows { get; init; } = 1 << 16;

    /// <summary>
    /// About the most bytes of a page before compression; at least 1. Small enough that a reader of a range gets little that it does
    /// not want, large enough that heads and checksums do not count. A row with more bytes has a page to itself.
    /// </summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Whether columns are written as a dictionary and indices into it where that is smaller than the values.</summary>
    public bool Dictionary { get; init; } = true;

    /// <summary>Notes for the footer, beside those of the schema (and instead of them where the key is the same).</summary>
    public IReadOnlyDictionary<string, string>? KeyValueMetadata { get; init; }
}
