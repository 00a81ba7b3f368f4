namespace AotRecTrainer.Dataset;

/// <summary>How a data set is laid out.</summary>
public sealed record DatasetWriterOptions
{
    /// <summary>The most shards that a data set may have.</summary>
    public const int ShardsMax = 10_000;

    /// <summary>Number of shards wanted, 1 .. 10,000; a data set with fewer users gets one shard per user.</summary>
    public int Shards { get; init; } = 12;

    /// <summary>Share of ratings held out for testing, in [0, 1).</summary>
    public double Holdout { get; init; } = 0.1;

    /// <summary>Seed of the split.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>All that is wrong with the options; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Shards is < 1 or > ShardsMax)
        {
            problems.Add($"shards is {Shards}, expected 1 .. {ShardsMax}");
        }

        if (!(Holdout >= 0 && Holdout < 1))
        {
            problems.Add($"holdout is {Holdout}, expected at least 0 and less than 1");
        }

        return problems;
    }
}
