namespace AotRecTrainer.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AotRecTrainer.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no AotRecTrainer.sln in or above {AppContext.BaseDirectory}");
    }
}
