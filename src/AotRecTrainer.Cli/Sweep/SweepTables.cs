using System.Globalization;

namespace AotRecTrainer.Cli.Sweep;

/// <summary>The figures of a sweep for people and for spreadsheets.</summary>
internal static class SweepTables
{
    private static readonly string[] Heads =
    [
        "data", "algorithm", "workers", "memory MB", "run", "seconds", "epoch ms", "worker MB", "coordinator MB", "cold starts", "GB-s", "requests",
        "US$", "held-out RMSE",
    ];

    /// <summary>A table in Markdown.</summary>
    /// <param name="rows">The figures.</param>
    /// <param name="paperSeconds">What the paper measured; null leaves the column out.</param>
    public static IEnumerable<string> Markdown(IEnumerable<SweepRow> rows, Func<SweepRow, string>? paperSeconds = null)
    {
        string[] heads = paperSeconds is null ? Heads : [.. Heads, "the paper's seconds"];
        yield return $"| {string.Join(" | ", heads)} |";
        yield return $"|{string.Concat(heads.Select(_ => "---|"))}";
        foreach (SweepRow row in rows)
        {
            string[] cells = Cells(row, row.Failure ?? Number(row.Seconds, "F2"));
            yield return $"| {string.Join(" | ", paperSeconds is null ? cells : [.. cells, paperSeconds(row)])} |";
        }
    }

    /// <summary>The time of every epoch of two runs, side by side.</summary>
    public static IEnumerable<string> Epochs(SweepRow first, SweepRow second)
    {
        yield return "| epoch | first run, ms | second run, ms |";
        yield return "|---|---|---|";
        for (int epoch = 0; epoch < Math.Min(first.EpochMilliseconds.Length, second.EpochMilliseconds.Length); epoch++)
        {
            string cold = Number(first.EpochMilliseconds[epoch], "F1"), warm = Number(second.EpochMilliseconds[epoch], "F1");
            yield return $"| {epoch + 1} | {cold} | {warm} |";
        }
    }

    /// <summary>The same as comma-separated values.</summary>
    public static IEnumerable<string> Csv(IEnumerable<SweepRow> rows)
    {
        yield return string.Join(',', Heads.Select(head => head.Replace(' ', '_'))) + ",failure";
        foreach (SweepRow row in rows)
            yield return $"{string.Join(',', Cells(row, Number(row.Seconds, "R")))},{Quoted(row.Failure ?? "")}";
    }

    private static string[] Cells(SweepRow row, string seconds) =>
    [
        row.Data, row.Algorithm, Whole(row.Workers), Whole(row.Memory), Whole(row.Pass), seconds,
        row.EpochMilliseconds.Length == 0 ? "" : Number(row.EpochMilliseconds.Order().ElementAt(row.EpochMilliseconds.Length / 2), "F1"),
        Whole(row.WorkerMegabytes), Whole(row.CoordinatorMegabytes), Whole(row.ColdStarts), Number(row.GbSeconds, "F2"), Whole(row.Requests),
        Number(row.CostUsd, "F6"), row.TestRmse is { } error ? Number(error, "F4") : "",
    ];

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
