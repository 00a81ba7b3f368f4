namespace AotRecTrainer.Dataset.Parsing;

/// <summary>
/// What the columns of an input with a header or a schema are called. A column that is not named is looked for under its usual names:
/// <c>userId</c>, <c>movieId</c> or <c>itemId</c>, <c>rating</c>, <c>timestamp</c> and their like.
/// </summary>
public sealed record ColumnNames
{
    private static readonly string[] s_user = ["userId", "user_id", "user"];
    private static readonly string[] s_item = ["movieId", "itemId", "movie_id", "item_id", "movie", "item"];
    private static readonly string[] s_rating = ["rating"];
    private static readonly string[] s_timestamp = ["timestamp"];

    /// <summary>The column of user ids; null for the usual names.</summary>
    public string? User { get; init; }

    /// <summary>The column of item ids; null for the usual names.</summary>
    public string? Item { get; init; }

    /// <summary>The column of ratings; null for the usual name.</summary>
    public string? Rating { get; init; }

    /// <summary>The column of timestamps; null for the usual name, which then need not be there.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Whether any column is named.</summary>
    public bool AreGiven => (User ?? Item ?? Rating ?? Timestamp) is not null;

    /// <summary>Finds the columns among those of an input.</summary>
    /// <param name="names">The names of the input's columns, in order.</param>
    /// <param name="places">Where the four are; -1 for timestamps that are not there.</param>
    /// <returns>Null, or what is missing.</returns>
    internal string? Find(IReadOnlyList<string> names, out ColumnPlaces places)
    {
        places = new ColumnPlaces(
            IndexOf(names, User, s_user), IndexOf(names, Item, s_item), IndexOf(names, Rating, s_rating),
            IndexOf(names, Timestamp, s_timestamp));
        return places.User < 0 ? Missing(names, User, s_user)
            : places.Item < 0 ? Missing(names, Item, s_item)
            : places.Rating < 0 ? Missing(names, Rating, s_rating)
            : places.Timestamp < 0 && Timestamp is not null ? Missing(names, Timestamp, s_timestamp)
            : null;
    }

    // The very name comes before one in other letters.
    private static int IndexOf(IReadOnlyList<string> names, string? given, string[] usual)
    {
        foreach (string wanted in given is null ? usual : [given])
        {
            foreach (StringComparison comparison in (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
            {
                for (int index = 0; index < names.Count; index++)
                {
                    if (string.Equals(names[index], wanted, comparison))
                    {
                        return index;
                    }
                }
            }
        }

        return -1;
    }

    private static string Missing(IReadOnlyList<string> names, string? given, string[] usual) => given is null
        ? $"no column {string.Join(" or ", usual)} among {string.Join(", ", names)}; say which column is meant"
        : $"no column {given} among {string.Join(", ", names)}";
}
