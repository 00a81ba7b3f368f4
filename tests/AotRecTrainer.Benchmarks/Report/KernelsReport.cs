using System.Globalization;
using System.Text;

namespace AotRecTrainer.Benchmarks.Report;

/// <summary>The figures as a page for people; <see cref="KernelsJson"/> has them for programs.</summary>
internal sealed class KernelsReport(Machine machine, IReadOnlyList<string> programs, IReadOnlyList<Measurement> measurements)
{
    private static readonly string[] Bodies = ["scalar", "vector256", "vector512", "openblas"];

    /// <summary>Prints the page and files it.</summary>
    public void Write(KernelsOptions options)
    {
        string page = Page();
        Console.Write(page);
        string folder = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kernels.md"), page);
        if (options.Json is not null)
        {
            KernelsJson.Write(options.Json, machine, programs, measurements);
        }
    }

    private string Page()
    {
        var page = new StringBuilder();
        page.AppendLine("# Kernels").AppendLine();
        page.AppendLine($"{machine.Cpu}, {machine.Processors} processors, {machine.System}.").AppendLine();
        foreach (string program in programs)
        {
            page.AppendLine($"- {program}");
        }

        page.AppendLine();
        page.AppendLine("Ratings have the shape of MovieLens-1M (6,040 users, 3,706 items, 1,000,209 ratings). A pass takes the item parameters in,");
        page.AppendLine("goes over all ratings, and gives the item gradient out. `c256` and `c512` are the C kernel in `native/`, which runs inside");
        page.AppendLine("the same processes on the same ratings. Contenders took turns of a few milliseconds; a figure is the best turn, in brackets");
        page.AppendLine("the median. Ratios are medians over rounds of turns. Written by `scripts/bench.sh kernels`.");
        foreach (int threads in measurements.Where(m => m.Family == "gradient").Select(m => m.Threads).Distinct())
        {
            page.AppendLine().AppendLine($"## Gradient, {(threads == 1 ? "1 thread" : "2 threads")}: nanoseconds per rating").AppendLine();
            AppendGradients(page, threads);
        }

        page.AppendLine().AppendLine("## A round of alternating least squares, 1 thread: milliseconds").AppendLine();
        AppendRounds(page);
        return page.ToString();
    }

    private void AppendGradients(StringBuilder page, int threads)
    {
        page.AppendLine($"| factors | program | c256 | c512 | {string.Join(" | ", Bodies)} | vector256 : c256 | chosen : faster C | AOT : JIT |");
        page.AppendLine("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (IGrouping<(int Factors, string Program), Measurement> row in Of("gradient", threads))
        {
            Measurement chosen = row.First(m => !m.IsReference);
            Measurement reference = row.Where(m => m.IsReference).MinBy(m => m.Best)!;
            page.Append($"| {row.Key.Factors} | {row.Key.Program} | {Cell(row, "c256")} | {Cell(row, "c512")} |");
            page.AppendJoin("", Bodies.Select(body => $" {Cell(row, body)} |"));
            page.Append($" {Ratio(Find(row, "vector256"), Find(row, "c256"))} | {chosen.Body} {Ratio(chosen, reference)} |");
            Measurement? sameInJit = row.Key.Program == "JIT" ? null : measurements.FirstOrDefault(
                m => m.Family == "gradient" && m.Program == "JIT"
                    && (m.Factors, m.Threads, m.Body) == (row.Key.Factors, threads, chosen.Body));
            page.AppendLine($" {Ratio(chosen, sameInJit)} |");
        }
    }

    private void AppendRounds(StringBuilder page)
    {
        page.AppendLine($"| factors | program | {string.Join(" | ", Bodies)} |");
        page.AppendLine("|--:|---|--:|--:|--:|--:|");
        foreach (IGrouping<(int Factors, string Program), Measurement> row in Of("als", 1))
        {
            page.Append($"| {row.Key.Factors} | {row.Key.Program} |");
            page.AppendJoin("", Bodies.Select(body => $" {Milliseconds(Find(row, body))} |")).AppendLine();
        }
    }

    private IEnumerable<IGrouping<(int Factors, string Program), Measurement>> Of(string family, int threads) =>
        measurements.Where(m => m.Family == family && m.Threads == threads).GroupBy(m => (m.Factors, m.Program));

    private static Measurement? Find(IEnumerable<Measurement> row, string body) => row.FirstOrDefault(m => m.Body == body);

    private static string Cell(IEnumerable<Measurement> row, string body) =>
        Find(row, body) is { } m ? string.Create(CultureInfo.InvariantCulture, $"{m.Best:F2} ({m.Median:F2})") : "-";

    private static string Milliseconds(Measurement? m)
    {
        const double PerRating = Workload.Ratings.Count / 1e6;
        return m is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{m.Best * PerRating:F1} ({m.Median * PerRating:F1})");
    }

    private static string Ratio(Measurement? ours, Measurement? reference) =>
        ours is null || reference is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{ours.RatioTo(reference):F2}");
}
