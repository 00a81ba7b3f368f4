namespace AotRecTrainer.Documents.Tests.Reading;

/// <summary>A page of Markdown.</summary>
/// <param name="Name">Path below the checkout.</param>
/// <param name="Text">Its content.</param>
internal sealed record Document(string Name, string Text)
{
    /// <summary>The checkout that the tests were built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>README.md and the pages of docs/.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        Read(Path.Combine(Root, "README.md")),
        .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(Read),
    ];

    public override string ToString() => Name;

    private static Document Read(string path) => new(Path.GetRelativePath(Root, path), File.ReadAllText(path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AotRecTrainer.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no AotRecTrainer.sln in or above {AppContext.BaseDirectory}");
    }
}
