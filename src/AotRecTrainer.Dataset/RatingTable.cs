using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset;

/// <summary>
/// All ratings of an input, grouped by user and sorted by item, each pair once; in memory, or in a temporary file when there are too
/// many. It does not depend on the order of lines (but for which of two ratings of the same pair came last).
/// </summary>
public sealed class RatingTable : IDisposable
{
    private readonly SortedRatings _ratings;
    private readonly IDisposable? _file;

    /// <summary>Puts a table together.</summary>
    /// <param name="users">Ids of the users by rank.</param>
    /// <param name="items">Ids of the items by rank.</param>
    /// <param name="ratings">The ratings of every user.</param>
    /// <param name="count">How many they are, at least 1.</param>
    /// <param name="duplicates">How many were dropped.</param>
    /// <param name="hasTimestamps">Whether they have timestamps.</param>
    /// <param name="file">What the ratings are in, disposed with the table; null when they are in memory.</param>
    internal RatingTable(
        EntityIds users, EntityIds items, SortedRatings ratings, long count, long duplicates, bool hasTimestamps, IDisposable? file = null)
    {
        UserIds = users;
        ItemIds = items;
        _ratings = ratings;
        Count = count;
        Duplicates = duplicates;
        HasTimestamps = hasTimestamps;
        _file = file;
    }

    /// <summary>Number of ratings; at least 1.</summary>
    public long Count { get; }

    /// <summary>The original user ids, ascending; a user's place here is its rank.</summary>
    public EntityIds UserIds { get; }

    /// <summary>The original item ids, ascending; an item's place here is its rank, and its index in a data set.</summary>
    public EntityIds ItemIds { get; }

    /// <summary>Whether ratings have timestamps.</summary>
    public bool HasTimestamps { get; }

    /// <summary>How many ratings were dropped because a later one rates the same pair.</summary>
    public long Duplicates { get; }

    /// <summary>Gives back the temporary file, if there is one; the ratings are gone then.</summary>
    public void Dispose() => _file?.Dispose();

    /// <summary>A cursor over the ratings by rank of user.</summary>
    internal RatingCursor Open() => _ratings.Open();
}
