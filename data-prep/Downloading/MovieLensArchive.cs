namespace AotRecTrainer.DataPrep.Downloading;

/// <summary>An archive that GroupLens publishes.</summary>
/// <param name="Name">What it is called, without <c>.zip</c>.</param>
/// <param name="Ratings">About how many ratings it has, for people to read.</param>
internal sealed record MovieLensArchive(string Name, string Ratings)
{
    /// <summary>Where GroupLens publishes them, each <c>NAME.zip</c> with <c>NAME.zip.md5</c> beside it.</summary>
    public const string Publisher = "https://files.grouplens.org/datasets/movielens/";

    /// <summary>All that can be downloaded, the smallest first.</summary>
    public static IReadOnlyList<MovieLensArchive> All { get; } =
    [
        new("ml-100k", "100,000"), new("ml-latest-small", "100,000"), new("ml-1m", "1 million"), new("ml-10m", "10 million"),
        new("ml-20m", "20 million"), new("ml-25m", "25 million"), new("ml-32m", "32 million"),
    ];

    /// <summary>Name of the file.</summary>
    public string FileName => $"{Name}.zip";

    /// <summary>What a user must know before using the ratings, in our own words, and where the terms themselves are.</summary>
    public IEnumerable<string> Licence =>
    [
        $"{Name} belongs to GroupLens Research, University of Minnesota. In short: use it for research and teaching, not commercially without",
        "their permission; acknowledge it in publications (Harper and Konstan 2015, https://doi.org/10.1145/2827872); claim no endorsement;",
        $"ask before passing it on where the terms do not allow that. What binds you is the full text: the README in {FileName}.",
    ];
}
