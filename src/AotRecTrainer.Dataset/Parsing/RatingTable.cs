namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// All ratings of a file, in columns, sorted by user and item, each pair once. It does not depend on the order of lines (but for
/// which of two ratings of the same pair came last). The arrays are the table's own: read them, do not write to them.
/// </summary>
public sealed class RatingTable
{
    internal RatingTable(long[] userIds, long[] itemIds, int[] users, int[] items, float[] ratings, long[]? timestamps, int duplicates)
    {
        UserIds = userIds;
        ItemIds = itemIds;
        Users = users;
        Items = items;
        Ratings = ratings;
        Timestamps = timestamps;
        Duplicates = duplicates;
    }

    /// <summary>Number of ratings; at least 1.</summary>
    public int Count => Users.Length;

    /// <summary>The original user ids, ascending; a user's place here is its number in <see cref="Users"/>.</summary>
    public long[] UserIds { get; }

    /// <summary>The original item ids, ascending; an item's place here is its number in <see cref="Items"/>.</summary>
    public long[] ItemIds { get; }

    /// <summary>The user of every rating, never descending.</summary>
    public int[] Users { get; }

    /// <summary>The item of every rating, ascending within a user.</summary>
    public int[] Items { get; }

    /// <summary>The stars of every rating, finite.</summary>
    public float[] Ratings { get; }

    /// <summary>Seconds since 1970 of every rating; null when the file has none.</summary>
    public long[]? Timestamps { get; }

    /// <summary>How many lines were dropped because a later line rates the same pair.</summary>
    public int Duplicates { get; }
}
