namespace AotRecTrainer.Dataset;

/// <summary>How ratings were divided between train and test.</summary>
public sealed record SplitDescription
{
    /// <summary>The rule; <c>random</c>: each rating by itself, by a hash of seed, user id and item id (<see cref="RatingSplit"/>).</summary>
    public string Rule { get; init; } = "random";

    /// <summary>Share of ratings aimed at test, in [0, 1).</summary>
    public double Holdout { get; init; }

    /// <summary>Seed of the hash.</summary>
    public long Seed { get; init; }
}
