namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>What to make up; the defaults have MovieLens-1M's counts.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Every user has at least this many ratings, as in MovieLens.</summary>
    public const int RatingsPerUserMin = 20;

    /// <summary>The longest factor vectors that are planted.</summary>
    public const int FactorsMax = 1024;

    /// <summary>Number of users, with ids from 1; at least 1.</summary>
    public int Users { get; init; } = 6040;

    /// <summary>Number of items, with ids from 1; at least 20.</summary>
    public int Items { get; init; } = 3706;

    /// <summary>Number of ratings, at least 20 a user and at most every item by every user.</summary>
    public int Ratings { get; init; } = 1_000_209;

    /// <summary>Length of the planted factors, 0 .. 1024; 0 leaves biases only.</summary>
    public int Factors { get; init; } = 8;

    /// <summary>Standard deviation of what the planted model cannot explain, in stars, 0 .. 10.</summary>
    public double Noise { get; init; } = 0.85;

    /// <summary>Same seed, same bytes.</summary>
    public long Seed { get; init; } = 7;

    /// <summary>All that is wrong with the options; empty when they can be met.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Users < 1)
        {
            problems.Add($"users is {Users}, expected at least 1");
        }

        if (Items < RatingsPerUserMin)
        {
            problems.Add($"items is {Items}, expected at least {RatingsPerUserMin}, the least that a user rates");
        }

        if (Users >= 1 && Items >= RatingsPerUserMin)
        {
            if (Ratings < (long)Users * RatingsPerUserMin)
            {
                problems.Add($"ratings is {Ratings}, expected at least {(long)Users * RatingsPerUserMin}, {RatingsPerUserMin} a user");
            }
            else if (Ratings > (long)Users * Items)
            {
                problems.Add($"ratings is {Ratings}, expected at most {(long)Users * Items}, every item by every user");
            }
        }

        if (Factors is < 0 or > FactorsMax)
        {
            problems.Add($"factors is {Factors}, expected 0 .. {FactorsMax}");
        }

        if (!(Noise >= 0 && Noise <= 10))
        {
            problems.Add($"noise is {Noise}, expected 0 .. 10");
        }

        return problems;
    }
}
