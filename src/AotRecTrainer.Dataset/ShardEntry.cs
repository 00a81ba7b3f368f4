namespace AotRecTrainer.Dataset;

/// <summary>One shard: a contiguous range of user indices and the two files with those users' ratings.</summary>
public sealed record ShardEntry
{
    /// <summary>Position of the shard in the manifest, from 0.</summary>
    public int Index { get; init; }

    /// <summary>First user index of the shard.</summary>
    public int UserFirst { get; init; }

    /// <summary>Number of users; at least 1.</summary>
    public int UserCount { get; init; }

    /// <summary>The ratings to train on.</summary>
    public FileEntry Train { get; init; } = new();

    /// <summary>The ratings held out; may have zero rows.</summary>
    public FileEntry Test { get; init; } = new();
}
