namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Gives out the ratings of one user after the other. For one thread at a time; there may be many over the same ratings.</summary>
internal abstract class RatingCursor
{
    /// <summary>The ratings of a user; valid until the next call.</summary>
    public abstract UserRatings Read(int user);
}
