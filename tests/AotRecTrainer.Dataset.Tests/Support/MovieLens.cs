namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>The published MovieLens files, which may not be passed on and so are not always there.</summary>
internal static class MovieLens
{
    /// <summary>The folder of ml-latest-small; skips the test where it is absent.</summary>
    public static string LatestSmall()
    {
        string? folder = Candidates().FirstOrDefault(path => File.Exists(Path.Combine(path, "ratings.csv")));
        Assert.SkipWhen(folder is null, "ml-latest-small is neither in ../shared/data beside the checkout nor in MOVIELENS_DIR");
        return folder;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("MOVIELENS_DIR") is { Length: > 0 } named)
        {
            yield return named;
            yield return Path.Combine(named, "ml-latest-small");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AotRecTrainer.sln")))
            {
                yield return Path.Combine(folder.FullName, "..", "shared", "data", "ml-latest-small");
            }
        }
    }
}
