using System.Globalization;
using AotRecTrainer.DataPrep.Inspection;
using AotRecTrainer.Dataset;

namespace AotRecTrainer.DataPrep.Display;

/// <summary>All that <c>inspect</c> shows.</summary>
internal static class InspectText
{
    private const int BarWidth = 40;
    private const int TitleWidth = 60;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(Uri location, DatasetManifest manifest, DatasetContents contents) =>
    [
        $"{location}, format version {manifest.FormatVersion}",
        $"{manifest.Ratings:N0} ratings by {manifest.Users:N0} users of {manifest.Items:N0} items, density "
            + $"{100.0 * manifest.Ratings / manifest.Users / manifest.Items:F3} %, {contents.Titled:N0} titles",
        .. ManifestText.Summary(manifest),
        $"columns of shards: {string.Join(", ", manifest.RatingColumns.Select(TypedColumn))}",
        "",
        .. Histogram(contents.Ratings),
        "",
        .. ManifestText.Shards(manifest),
        "",
        .. TextTable.Lines(["user", "item", "rating", "time (UTC)", "title"], contents.Samples.Select(Cells)),
    ];

    private static string TypedColumn(string name) => name switch
    {
        "rating" => "rating float32",
        "timestamp" => "timestamp int64",
        _ => $"{name} int32",
    };

    private static IEnumerable<string> Histogram(RatingHistogram histogram)
    {
        (string Name, long Count)[] bars = [.. histogram.Bars()];
        long most = Math.Max(1, bars.Max(bar => bar.Count)), total = Math.Max(1, bars.Sum(bar => bar.Count));
        return TextTable.Lines(
            ["rating", "train", "share", "".PadRight(BarWidth)],
            bars.Select(bar => (string[])
            [
                bar.Name, bar.Count.ToString("N0", CultureInfo.InvariantCulture), $"{100.0 * bar.Count / total:F1} %",
                new string('#', (int)(BarWidth * bar.Count / most)).PadRight(BarWidth),
            ])).Select(line => line.TrimEnd());
    }

    private static string[] Cells(SampleRow row) =>
        [row.User, row.Item, $"{row.Rating}", row.Time, row.Title.Length <= TitleWidth ? row.Title : $"{row.Title[..TitleWidth]}..."];
}
