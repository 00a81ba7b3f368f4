namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>The checkout that the tests were built from, and the native programs published in it.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Aotrec => Program("aotrec");

    public static string Bootstrap => Program("bootstrap");

    public static string DataPrep => Program("data-prep");

    private static string Program(string name)
    {
        string path = Path.Combine(Root, "artifacts", "bin", name);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"these tests run the native programs and {path} is not there; run scripts/publish.sh first");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AotRecTrainer.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no AotRecTrainer.sln in or above {AppContext.BaseDirectory}");
    }
}
