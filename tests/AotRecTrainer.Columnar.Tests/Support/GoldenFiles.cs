namespace AotRecTrainer.Columnar.Tests.Support;

/// <summary>The files in the folder data.</summary>
internal static class GoldenFiles
{
    private static readonly string Folder = Path.Join(AppContext.BaseDirectory, "data");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.parquet").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Join(Folder, name));
}
