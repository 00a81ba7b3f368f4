namespace AotRecTrainer.Dataset.Input;

/// <summary>What a stream is by its first bytes.</summary>
internal enum InputFormat
{
    /// <summary>Lines of text, or anything that is none of the others.</summary>
    Text,

    /// <summary>Compressed with gzip.</summary>
    Gzip,

    /// <summary>A Parquet file.</summary>
    Parquet,

    /// <summary>An Arrow IPC file.</summary>
    ArrowFile,

    /// <summary>An Arrow IPC stream.</summary>
    ArrowStream,
}
