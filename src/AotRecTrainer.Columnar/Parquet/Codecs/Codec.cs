namespace AotRecTrainer.Columnar.Parquet.Codecs;

/// <summary>How the pages of a column chunk are compressed. The numbers are the format's.</summary>
internal enum Codec
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,

    /// <summary>LZ4 in a frame that was never specified; its successor is <see cref="Lz4Raw"/>.</summary>
    Lz4 = 5,
    Zstd = 6,
    Lz4Raw = 7,
}
