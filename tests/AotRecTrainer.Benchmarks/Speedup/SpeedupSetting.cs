namespace AotRecTrainer.Benchmarks.Speedup;

/// <summary>One set and one way to train on it.</summary>
/// <param name="Name">Name of the set's folder.</param>
/// <param name="Users">Users of the set.</param>
/// <param name="Items">Items of the set: statistics grow with them.</param>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Epochs">Enough that medians stand still.</param>
internal sealed record SpeedupSetting(string Name, int Users, int Items, string Algorithm, int Epochs)
{
    /// <summary>Ratings of every set: MovieLens-10M's.</summary>
    public const int Ratings = 10_000_054;

    /// <summary>Length of the factor vectors.</summary>
    public const int Factors = 32;

    /// <summary>All that are measured: one where computing matters, and one where there is little to compute.</summary>
    public static readonly SpeedupSetting[] All =
    [
        new("few-items", 40_000, 2_000, "als", 16),
        new("few-items", 40_000, 2_000, "batch-gradient", 20),
    ];
}
