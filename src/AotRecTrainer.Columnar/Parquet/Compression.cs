namespace AotRecTrainer.Columnar.Parquet;

/// <summary>How the pages of a file are compressed. The numbers are the format's own.</summary>
public enum Compression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Snappy: fast, and read by every Parquet reader.</summary>
    Snappy = 1,
}
