using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// The paper's Algorithm 1 without its faults: asynchronous invocations, then list, read, add, delete until every shard was
/// counted. Pauses grow from 5 ms while nothing comes; shards that stay away are asked for again; every wait has an end.
/// </summary>
internal sealed class PollExchange(RoundContext context) : IRoundExchange
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatienceMin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceCold = TimeSpan.FromSeconds(60);
    private TimeSpan _slowest;

    public async Task RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        await context.Store.PutAsync(context.KeysOf(round).Parameters, RoundTaskSerializer.Write(task), cancellationToken);
        long started = context.Host.Time.GetTimestamp();
        for (int attempt = 1; attempt <= RoundContext.AttemptsMax; attempt++)
        {
            await AskAsync(round, attempt, reducer, cancellationToken);
            if (await GatherAsync(round, attempt, reducer, cancellationToken))
            {
                TimeSpan taken = context.Host.Time.GetElapsedTime(started);
                if (taken > _slowest) _slowest = taken;
                return;
            }
        }

        int[] missing = reducer.MissingOf(context.Groups.SelectMany(group => group.Shards));
        throw new TrainingFailedException(
            $"round {round}: no statistics of shards {string.Join(',', missing)} after {RoundContext.AttemptsMax} attempts");
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => context.DeleteLeftoversAsync(round + 1, cancellationToken);

    public async ValueTask DisposeAsync() => await context.TryDeleteLeftoversAsync();

    private async Task AskAsync(int round, int attempt, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        List<Task> asked = [];
        foreach (WorkerGroup group in context.Groups)
        {
            int[] missing = reducer.MissingOf(group.Shards);
            if (missing.Length == 0) continue;
            context.Ledger.AddInvocation(attempt > 1, isDouble: false);
            if (attempt > 1)
            {
                context.Host.Log($"round {round}: shards {string.Join(',', missing)} again, attempt {attempt}: nothing came");
            }

            asked.Add(context.Invoker.InvokeEventAsync(
                context.Function, context.Payload(round, attempt, missing, reportFailure: true), cancellationToken));
        }

        try
        {
            await Task.WhenAll(asked);
        }
        catch (InvokeException refused)
        {
            context.Host.Log($"round {round}: {refused.Message}");
        }
    }

    /// <summary>Polls until the round is complete (true) or the attempt's time is over (false).</summary>
    private async Task<bool> GatherAsync(int round, int attempt, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        TimeSpan patience = PatienceOf(attempt);
        long started = context.Host.Time.GetTimestamp();
        TimeSpan pause = PauseMin;
        while (true)
        {
            bool progress = await CollectAsync(round, reducer, cancellationToken);
            if (reducer.IsComplete) return true;
            if (context.Host.Time.GetElapsedTime(started) > patience) return false;
            pause = progress ? PauseMin : Min(pause * 1.5, PauseMax);
            await Task.Delay(pause, context.Host.Time, cancellationToken);
        }
    }

    private async Task<bool> CollectAsync(int round, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        RoundKeys keys = context.KeysOf(round);
        List<string> found = [];
        await foreach (string key in context.Store.ListAsync(keys.StatisticsPrefix, cancellationToken)) found.Add(key);
        bool progress = false;
        foreach (string key in found)
        {
            if (await context.Store.GetAsync(key, cancellationToken) is not { } content) continue;
            if (keys.FailureOf(key) is not null) throw ToException(content);
            int shard = keys.ShardOf(key);
            if (shard < 0) continue;
            if (!reducer.TryAdd(shard, content, key, out string problem)) context.Host.Log($"round {round}: ignored: {problem}");
            else progress = true;
            await context.Store.DeleteAsync(key, cancellationToken);
        }

        return progress;
    }

    // Once a round has been seen, a shard that takes ten times as long is not coming; the first round loads data and starts cold.
    private TimeSpan PatienceOf(int attempt)
    {
        TimeSpan patience = _slowest == TimeSpan.Zero ? PatienceCold : Max(_slowest * 10, PatienceMin);
        return patience * attempt;
    }

    private static Exception ToException(byte[] content)
    {
        try
        {
            FunctionFailure? failure = JsonSerializer.Deserialize(content, FailureJson.Default.FunctionFailure);
            return failure?.ToPermanent() ?? new TrainingInputException(failure?.ErrorMessage ?? "a worker refused its input");
        }
        catch (JsonException)
        {
            return new TrainingInputException("a worker refused its input and left no readable reason");
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
