using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AotRecTrainer.Benchmarks.Programs;

/// <summary>What a training came to, from its result, its metrics and the log of its function.</summary>
/// <param name="TestRmse">Held-out error at the end; NaN when nothing is held out.</param>
/// <param name="Rounds">Epochs trained.</param>
/// <param name="EpochMilliseconds">Time of every epoch.</param>
/// <param name="QualityEpoch">The first epoch whose held-out error is within 1 % of the last.</param>
/// <param name="QualitySeconds">Time from the start of the function's process until then.</param>
/// <param name="FunctionSeconds">Time from the start of the function's process to its answer.</param>
/// <param name="PeakMegabytes">Most memory that the coordinator's process had.</param>
/// <param name="WorkerPeakMegabytes">Most memory that a worker's process had; 0 without workers.</param>
/// <param name="TotalSeconds">Time of the whole command.</param>
internal sealed partial record TrainingOutcome(
    double TestRmse, int Rounds, double[] EpochMilliseconds, int QualityEpoch, double QualitySeconds, double FunctionSeconds,
    double PeakMegabytes, double WorkerPeakMegabytes, double TotalSeconds)
{
    private const double Quality = 1.01;

    public static TrainingOutcome Read(string resultFile, string runs, TimeSpan total)
    {
        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(resultFile));
        JsonElement root = result.RootElement;
        string run = root.GetProperty("run").GetString()!;
        string log = File.ReadAllText(Path.Combine(runs, run + ".log"));

        // The coordinator's invocation lasts longer than any worker's.
        Match[] reports = [.. ReportLine().Matches(log).OrderByDescending(report => Number(report, "duration"))];
        double init = Number(reports[0], "init") / 1000;
        JsonElement held = root.GetProperty("testRmse");
        double error = held.ValueKind == JsonValueKind.Number ? held.GetDouble() : double.NaN;
        (int epoch, double elapsed) = double.IsNaN(error) ? (0, double.NaN) : FirstWithin(Path.Combine(runs, run, "metrics.jsonl"), error * Quality);
        return new TrainingOutcome(
            error,
            root.GetProperty("rounds").GetInt32(),
            [.. root.GetProperty("roundMilliseconds").EnumerateArray().Select(value => value.GetDouble())],
            epoch,
            init + (elapsed / 1000),
            init + root.GetProperty("wallSeconds").GetDouble(),
            Number(reports[0], "memory"),
            reports.Skip(1).Select(report => Number(report, "memory")).DefaultIfEmpty(0).Max(),
            total.TotalSeconds);
    }

    private static (int Epoch, double Elapsed) FirstWithin(string metrics, double bound)
    {
        foreach (string line in File.ReadLines(metrics))
        {
            using JsonDocument epoch = JsonDocument.Parse(line);
            if (epoch.RootElement.GetProperty("testRmse").GetDouble() <= bound)
                return (epoch.RootElement.GetProperty("epoch").GetInt32(), epoch.RootElement.GetProperty("elapsedMilliseconds").GetDouble());
        }

        throw new InvalidOperationException($"{metrics}: no epoch with a held-out error of at most {bound}");
    }

    private static double Number(Match report, string name) =>
        report.Groups[name].Success ? double.Parse(report.Groups[name].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"REPORT .*?\tDuration: (?<duration>[\d.]+) ms.*?Max Memory Used: (?<memory>\d+) MB(.*?Init Duration: (?<init>[\d.]+) ms)?",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReportLine();
}
