using System.Text.Json.Serialization;
using AotRecTrainer.Dataset.Splits;

namespace AotRecTrainer.Dataset;

/// <summary>How ratings were divided between train and test.</summary>
public sealed record SplitDescription
{
    private const string Random = "random";
    private const string LeaveLast = "leave-last";
    private const string Time = "time";

    /// <summary>
    /// The rule. <c>random</c>: each rating by itself, by a hash of seed, user id and item id (<see cref="RatingSplit"/>).
    /// <c>leave-last</c>: the last ratings of every user are test, but never all of them. <c>time</c>: ratings from a point in time on.
    /// </summary>
    public string Rule { get; init; } = Random;

    /// <summary>For <c>random</c>: share of ratings aimed at test, in [0, 1). Otherwise 0.</summary>
    public double Holdout { get; init; }

    /// <summary>For <c>random</c>: seed of the hash. Otherwise 0.</summary>
    public long Seed { get; init; }

    /// <summary>For <c>leave-last</c>: how many ratings of every user. Otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LastRatings { get; init; }

    /// <summary>For <c>time</c>: the first second of test, counted from 1970. Otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Cutoff { get; init; }

    /// <summary>The rule; null for one that this version does not know.</summary>
    internal SplitKind? Kind => Rule switch
    {
        Random => SplitKind.Random,
        LeaveLast => SplitKind.LeaveLast,
        Time => SplitKind.Time,
        _ => null,
    };

    /// <summary>The rule and its numbers in a few words.</summary>
    public override string ToString() => Kind switch
    {
        SplitKind.Random => $"{Rule}, holdout {Holdout}, seed {Seed}",
        SplitKind.LeaveLast => $"{Rule} {LastRatings}",
        SplitKind.Time => $"{Rule} {Cutoff}",
        _ => Rule,
    };

    /// <summary>The description of a rule.</summary>
    internal static SplitDescription Of(DatasetWriterOptions options) => options.Split switch
    {
        SplitKind.LeaveLast => new SplitDescription { Rule = LeaveLast, LastRatings = options.LastRatings },
        SplitKind.Time => new SplitDescription { Rule = Time, Cutoff = options.Cutoff },
        _ => new SplitDescription { Holdout = options.Holdout, Seed = options.Seed },
    };
}
