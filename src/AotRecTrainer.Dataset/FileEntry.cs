namespace AotRecTrainer.Dataset;

/// <summary>One object of a data set, as the manifest describes it.</summary>
public sealed record FileEntry
{
    /// <summary>The longest that a file may be, in bytes: files are written whole.</summary>
    public const int BytesMax = 1 << 30;

    /// <summary>Key relative to the data set's location, for example <c>train/shard-00000.parquet</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Number of rows; zero for a file that holds a schema only.</summary>
    public long Rows { get; init; }

    /// <summary>Length of the object in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>SHA-256 of the object, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";
}
