using System.Text.Json;
using AotRecTrainer.Lambda.CloudWatch;

namespace AotRecTrainer.Cli.Logs;

/// <summary>
/// The log of a run on AWS: of the coordinators' log group the lines of its own invocations, of the workers' all lines of the time between
/// its first line and its last, because a worker's process serves many runs.
/// </summary>
/// <param name="logs">The service; disposed with this.</param>
/// <param name="run">Name of the run.</param>
/// <param name="coordinators">Log group of the coordinator function.</param>
/// <param name="workers">Log group of the worker function.</param>
internal sealed class CloudWatchRunLog(CloudWatchLogs logs, string run, string coordinators, string workers) : IRunLog
{
    // Entries become readable in another order than that of their times.
    private const long ReorderingMilliseconds = 60_000;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _invocations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _processes = new(StringComparer.Ordinal);
    private long? _begin;
    private long _last;
    private long? _end;

    public TimeSpan Lag { get; } = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<RunLogLine>> ReadNewAsync(CancellationToken cancellationToken)
    {
        string phrase = $"run {run}: coordinator";
        foreach (CloudWatchEvent entry in await logs.FilterAsync(coordinators, _begin, phrase, cancellationToken))
        {
            LoggedText said = LoggedText.Read(entry.Message);
            if (said.RequestId is not { } id || !said.Text.Contains($"\t{phrase} ", StringComparison.Ordinal)) continue;
            _begin ??= entry.Timestamp;
            if (_invocations.Add(id)) _end = null;
        }

        if (_begin is not { } begin) return [];
        long start = Math.Max(begin, _last - ReorderingMilliseconds);
        List<(long Time, RunLogLine Line)> found = [];
        foreach (CloudWatchEvent entry in await logs.FilterAsync(coordinators, start, phrase: null, cancellationToken))
        {
            LoggedText said = LoggedText.Read(entry.Message);
            if (said.RequestId is null || !_invocations.Contains(said.RequestId) || !_seen.Add(entry.EventId)) continue;
            if (IsReport(entry.Message)) _end = entry.Timestamp;
            found.Add((entry.Timestamp, new RunLogLine(0, said.Level, said.Text.TrimEnd())));
        }

        foreach (CloudWatchEvent entry in await logs.FilterAsync(workers, start, phrase: null, cancellationToken))
        {
            if (entry.Timestamp > (_end ?? long.MaxValue) || !_seen.Add(entry.EventId)) continue;
            if (!_processes.TryGetValue(entry.LogStreamName, out int process)) _processes[entry.LogStreamName] = process = _processes.Count + 1;
            LoggedText said = LoggedText.Read(entry.Message);
            found.Add((entry.Timestamp, new RunLogLine(process, said.Level, said.Text.TrimEnd())));
        }

        _last = found.Select(line => line.Time).DefaultIfEmpty(_last).Max();
        return [.. found.OrderBy(line => line.Time).Select(line => line.Line)];
    }

    public void Dispose() => logs.Dispose();

    private static bool IsReport(string message)
    {
        if (!message.StartsWith('{')) return message.StartsWith("REPORT ", StringComparison.Ordinal);
        using JsonDocument record = JsonDocument.Parse(message);
        return record.RootElement.TryGetProperty("type", out JsonElement type) && type.ValueEquals("platform.report");
    }
}
