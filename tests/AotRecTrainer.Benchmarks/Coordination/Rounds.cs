using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AotRecTrainer.Benchmarks.Coordination;

/// <summary>What the rounds of a run took, in milliseconds; the first ones, in which processes start and shards are decoded, left out.</summary>
/// <param name="Setting">How they were run.</param>
/// <param name="Wall">From the end of a round to the end of the next: everything is in it.</param>
/// <param name="Compute">What the slowest worker computed, by its own clock.</param>
/// <param name="Invocation">The longest of the workers' invocations, by the platform's report; empty where those cannot be told apart.</param>
/// <param name="Requests">Requests to the store and invocations, per round.</param>
internal sealed partial record Rounds(Setting Setting, double[] Wall, double[] Compute, double[] Invocation, IReadOnlyDictionary<string, double> Requests)
{
    private const int Warmup = 5;

    /// <summary>What coordination costs in each round: all that the slowest worker did not compute.</summary>
    public double[] Overhead => [.. Wall.Zip(Compute, (wall, compute) => wall - compute)];

    /// <summary>Reads what a run left.</summary>
    /// <param name="setting">How it was run.</param>
    /// <param name="result">The file of its result.</param>
    /// <param name="metrics">Text of its <c>metrics.jsonl</c>.</param>
    /// <param name="log">Text of the log of its functions.</param>
    public static Rounds Read(Setting setting, string result, string metrics, string log)
    {
        JsonElement[] epochs = [.. metrics.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        double[] ends = [.. epochs.Select(epoch => epoch.GetProperty("elapsedMilliseconds").GetDouble())];

        // The last one measures the model and is followed by writing it.
        Range steady = Warmup..^1;
        double[] wall = [.. ends.Skip(1).Zip(ends, (end, before) => end - before)];
        double[] compute = [.. epochs.Skip(1).Select(epoch => epoch.GetProperty("workerMilliseconds").GetDouble())];
        JsonElement requests = JsonElement.Parse(File.ReadAllText(result)).GetProperty("requests");
        Dictionary<string, double> perRound = requests.EnumerateObject().ToDictionary(kind => kind.Name, kind => kind.Value.GetDouble() / epochs.Length);
        return new Rounds(setting, wall[steady], compute[steady], Longest(setting, log), perRound);
    }

    // Synchronous invocations of a round end before the next begin; the coordinator's report is the last one.
    private static double[] Longest(Setting setting, string log)
    {
        if (setting.Exchange != "await") return [];
        double[] durations = [.. Report().Matches(log).Select(report => double.Parse(report.Groups["duration"].ValueSpan, CultureInfo.InvariantCulture))];
        return [.. durations[..^1].Chunk(setting.Workers).Skip(Warmup + 1).Select(round => round.Max())];
    }

    [GeneratedRegex(@"^REPORT .*?\tDuration: (?<duration>[\d.]+) ms", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Report();
}
