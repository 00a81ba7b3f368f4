namespace AotRecTrainer.Dataset.Parsing;

/// <summary>Finds the ratings and the titles that belong to them on disk.</summary>
/// <param name="Ratings">The file of ratings.</param>
/// <param name="Titles">The file of titles beside it; null when there is none.</param>
public sealed record RatingsSource(string Ratings, string? Titles)
{
    // A data set's own pair comes first.
    private static readonly (string Ratings, string Titles)[] s_names =
        [("ratings.csv", "movies.csv"), ("ratings.dat", "movies.dat"), ("u.data", "u.item")];

    /// <summary>Looks at a file, or into a folder for <c>ratings.csv</c>, <c>ratings.dat</c> or <c>u.data</c>.</summary>
    /// <exception cref="RatingsFormatException">There is no such file, or the folder holds none or several of the three.</exception>
    public static RatingsSource Find(string path)
    {
        if (File.Exists(path))
        {
            return Beside(path);
        }

        if (!Directory.Exists(path))
        {
            throw new RatingsFormatException($"{path} was not found, expected a file of ratings or a folder with one");
        }

        string[] found = [.. s_names.Select(name => Path.Combine(path, name.Ratings)).Where(File.Exists)];
        return found.Length switch
        {
            1 => Beside(found[0]),
            0 => throw new RatingsFormatException($"{path} has none of ratings.csv, ratings.dat and u.data"),
            _ => throw new RatingsFormatException(
                $"{path} has {string.Join(" and ", found.Select(Path.GetFileName))}; name the file that is meant"),
        };
    }

    private static RatingsSource Beside(string ratings)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(ratings)) ?? "";
        string name = Path.GetFileName(ratings);
        string? titles = s_names.OrderByDescending(pair => string.Equals(pair.Ratings, name, StringComparison.Ordinal))
            .Select(pair => Path.Combine(folder, pair.Titles)).FirstOrDefault(File.Exists);
        return new RatingsSource(ratings, titles);
    }
}
