namespace AotRecTrainer.Dataset.Input;

/// <summary>What files of ratings and of titles are called in the data sets that people have.</summary>
internal static class KnownFiles
{
    // A data set's own pair comes first.
    private static readonly (string Ratings, string Titles)[] s_pairs =
    [
        ("ratings.csv", "movies.csv"), ("ratings.dat", "movies.dat"), ("u.data", "u.item"), ("ratings.parquet", "movies.csv"),
        ("ratings.csv.gz", "movies.csv.gz"), ("ratings.dat.gz", "movies.dat.gz"), ("u.data.gz", "u.item.gz"),
    ];

    /// <summary>Every name.</summary>
    public static IEnumerable<string> Names => s_pairs.SelectMany(pair => new[] { pair.Ratings, pair.Titles }).Distinct(StringComparer.Ordinal);

    /// <summary>The names of the files of ratings in a folder.</summary>
    public static string[] RatingsIn(InputFolder folder) =>
        [.. s_pairs.Select(pair => pair.Ratings).Where(name => folder.Find(name) is not null)];

    /// <summary>The titles that go with a file of ratings of some name; null when the folder has none.</summary>
    public static InputFile? TitlesFor(string ratings, InputFolder folder) =>
        s_pairs.OrderByDescending(pair => string.Equals(pair.Ratings, ratings, StringComparison.Ordinal))
            .Select(pair => folder.Find(pair.Titles)).FirstOrDefault(file => file is not null);
}
