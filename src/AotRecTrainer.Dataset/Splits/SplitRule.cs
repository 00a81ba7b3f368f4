using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Splits;

/// <summary>Decides which ratings are test. Safe to use from several threads at once.</summary>
internal abstract class SplitRule
{
    /// <summary>Makes the rule that a description tells of.</summary>
    /// <param name="split">The description.</param>
    /// <param name="users">Ids of users by the numbers that the rule will be asked with.</param>
    /// <param name="items">Ids of items, likewise.</param>
    /// <returns>Null for a rule that this version does not know.</returns>
    public static SplitRule? Create(SplitDescription split, EntityIds users, EntityIds items) => split.Kind switch
    {
        SplitKind.Random => new RandomRule(split.Holdout, split.Seed, users, items),
        SplitKind.LeaveLast when split.LastRatings is { } count => new LeaveLastRule(count),
        SplitKind.Time when split.Cutoff is { } cutoff => new TimeRule(cutoff),
        _ => null,
    };

    /// <summary>Whether ratings need timestamps.</summary>
    public virtual bool NeedsTimestamps => true;

    /// <summary>Decides for the ratings of one user.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="ratings">The user's ratings, items ascending.</param>
    /// <param name="isTest">Receives for every rating whether it is test.</param>
    public abstract void Mark(int user, UserRatings ratings, Span<bool> isTest);
}
