namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Ratings grouped by user, in memory or in a file.</summary>
internal abstract class SortedRatings
{
    /// <summary>A new cursor.</summary>
    public abstract RatingCursor Open();
}
