using System.Net;
using System.Reflection;
using System.Text.Json;

namespace AotRecTrainer.Cli.Report;

/// <summary>One HTML page with everything in it: data, styles, script and the charts' library. It asks nobody for anything.</summary>
internal static class ReportPage
{
    /// <summary>True when the charts' library was there when this program was built; without it the page has tables only.</summary>
    public static bool HasCharts => Assembly.GetExecutingAssembly().GetManifestResourceNames().Contains("charts.js", StringComparer.Ordinal);

    /// <summary>The page of some runs.</summary>
    public static string Of(ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string title = WebUtility.HtmlEncode(string.Join(", ", data.Runs.Select(run => run.Name)));

        // Data last: what stands in it is not looked at for places to fill.
        return Resource("report.html").Replace("{{title}}", title, StringComparison.Ordinal)
            .Replace("{{style}}", Resource("report.css"), StringComparison.Ordinal)
            .Replace("{{times}}", Resource("times.js"), StringComparison.Ordinal)
            .Replace("{{script}}", Resource("report.js"), StringComparison.Ordinal)
            .Replace("{{charts}}", HasCharts ? Resource("charts.js") : "", StringComparison.Ordinal)
            .Replace("{{data}}", JsonSerializer.Serialize(data, ReportJson.Default.ReportData), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name} is missing");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
