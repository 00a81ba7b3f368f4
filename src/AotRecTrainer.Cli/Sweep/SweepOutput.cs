using System.Text.Json;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>The pages of a sweep: <c>sweep.md</c> for people, <c>sweep.csv</c> and <c>sweep.json</c> for programs.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="cpuScale">What CPU shares were multiplied by.</param>
/// <param name="isolation">How functions were limited, in words.</param>
internal sealed class SweepOutput(string folder, double cpuScale, string isolation)
{
    /// <summary>Writes the pages, whole, whatever was there before.</summary>
    /// <param name="sections">Title and Markdown lines of each part of the page.</param>
    /// <param name="rows">All figures.</param>
    /// <returns>The page's text.</returns>
    public string Write(IEnumerable<(string Title, IEnumerable<string> Lines)> sections, IReadOnlyList<SweepRow> rows)
    {
        string page = string.Join('\n', Lines(sections)) + "\n";
        File.WriteAllText(Path.Combine(folder, "sweep.md"), page);
        File.WriteAllLines(Path.Combine(folder, "sweep.csv"), SweepTables.Csv(rows));
        SweepReport report = new(cpuScale, isolation, rows);
        File.WriteAllBytes(Path.Combine(folder, "sweep.json"), JsonSerializer.SerializeToUtf8Bytes(report, SweepJson.Default.SweepReport));
        return page;
    }

    private IEnumerable<string> Lines(IEnumerable<(string Title, IEnumerable<string> Lines)> sections)
    {
        yield return "# Sweep";
        yield return "";
        yield return $"Functions behind the local stand-in, {Environment.ProcessorCount} processors; {isolation}.";
        yield return cpuScale == 1
            ? "Every function has the CPU share that Lambda gives for its memory (1,769 MB are one processor)."
            : $"Every function has {cpuScale:0.##} times the CPU share that Lambda gives for its memory (1,769 MB are one processor), so that all "
                + "shares together fit this machine. Times that are spent computing are longer by that.";
        foreach ((string title, IEnumerable<string> lines) in sections)
        {
            yield return "";
            yield return $"## {title}";
            yield return "";
            foreach (string line in lines) yield return line;
        }
    }
}
