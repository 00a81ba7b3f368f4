using AotRecTrainer.Dataset.Splits;

namespace AotRecTrainer.Dataset;

/// <summary>How a data set is laid out.</summary>
public sealed record DatasetWriterOptions
{
    /// <summary>The most shards that a data set may have.</summary>
    public const int ShardsMax = 10_000;

    /// <summary>Number of shards wanted, 1 .. 10,000; a data set with fewer users gets one shard per user.</summary>
    public int Shards { get; init; } = 12;

    /// <summary>By what rule ratings become test.</summary>
    public SplitKind Split { get; init; } = SplitKind.Random;

    /// <summary>For a random split: share of ratings held out for testing, in [0, 1).</summary>
    public double Holdout { get; init; } = 0.1;

    /// <summary>For a random split: its seed.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>For a split that leaves the last ratings out: how many of every user, at least 1.</summary>
    public int LastRatings { get; init; } = 1;

    /// <summary>For a split by time: the first second of test, counted from 1970.</summary>
    public long Cutoff { get; init; }

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

        if (LastRatings < 1)
        {
            problems.Add($"leave-last is {LastRatings}, expected at least 1");
        }

        return problems;
    }
}
