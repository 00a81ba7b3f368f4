using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Exchange;

/// <summary>Synchronous invocations in parallel: a worker's answer says that its statistics are in the store.</summary>
internal sealed class AwaitExchange(RoundContext context) : IRoundExchange
{
    // Longer than a function may run; a worker that answers later than this is not coming back.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(910);

    public async Task RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        await context.Store.PutAsync(context.KeysOf(round).Parameters, RoundTaskSerializer.Write(task), cancellationToken);
        using SemaphoreSlim turn = new(1);
        using CancellationTokenSource together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] workers = [.. context.Groups.Select(group => RunGroupAsync(round, group, reducer, turn, together.Token))];
        try
        {
            await Task.WhenAll(workers);
        }
        catch
        {
            together.Cancel();
            await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            throw;
        }
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => Task.WhenAll(
        [.. context.Groups.SelectMany(group => group.Shards).Select(shard => context.KeysOf(round).Statistics(shard))
            .Append(context.KeysOf(round).Parameters)
            .Select(key => context.Store.DeleteAsync(key, cancellationToken).AsTask())]);

    public async ValueTask DisposeAsync() => await context.TryDeleteLeftoversAsync();

    private async Task RunGroupAsync(int round, WorkerGroup group, StatisticsReducer reducer, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        int[] missing = group.Shards;
        string problem = "";
        for (int attempt = 1; attempt <= RoundContext.AttemptsMax; attempt++)
        {
            if (attempt > 1)
            {
                context.Host.Log($"round {round}: shards {string.Join(',', missing)} again, attempt {attempt}: {problem}");
                await Task.Delay(TimeSpan.FromMilliseconds(20 << attempt), context.Host.Time, cancellationToken);
            }

            problem = await InvokeAsync(round, attempt, missing, cancellationToken);
            (missing, string damage) = await CollectAsync(round, missing, reducer, turn, cancellationToken);
            if (missing.Length == 0) return;
            if (problem.Length == 0) problem = damage;
        }

        throw new TrainingFailedException(
            $"round {round}: shards {string.Join(',', missing)} failed {RoundContext.AttemptsMax} times; last: {problem}");
    }

    /// <summary>Invokes a worker. Returns why it failed, or an empty string.</summary>
    private async Task<string> InvokeAsync(int round, int attempt, int[] shards, CancellationToken cancellationToken)
    {
        context.Ledger.AddInvocation(attempt > 1, isDouble: false);
        using CancellationTokenSource late = new(AttemptTimeout, context.Host.Time);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            InvokeOutcome outcome = await context.Invoker.InvokeAsync(
                context.Function, context.Payload(round, attempt, shards, reportFailure: false), limit.Token);
            if (outcome.FunctionError is null) return "";
            FunctionFailure failure = ReadFailure(outcome);
            if (failure.ToPermanent() is { } permanent) throw permanent;
            return $"{failure.ErrorType}: {failure.ErrorMessage}";
        }
        catch (InvokeException refused)
        {
            return refused.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {AttemptTimeout.TotalSeconds} s";
        }
    }

    /// <summary>Reads what is in the store; a worker that died may have left some of its shards there.</summary>
    private async Task<(int[] Missing, string Problem)> CollectAsync(
        int round, int[] shards, StatisticsReducer reducer, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        string problem = "its statistics are not in the store";
        byte[]?[] contents = await Task.WhenAll(
            shards.Select(shard => context.Store.GetAsync(context.KeysOf(round).Statistics(shard), cancellationToken).AsTask()));
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (int i = 0; i < shards.Length; i++)
            {
                if (contents[i] is { } content && !reducer.TryAdd(shards[i], content, context.KeysOf(round).Statistics(shards[i]), out string damage))
                    problem = damage;
            }

            return (reducer.MissingOf(shards), problem);
        }
        finally
        {
            turn.Release();
        }
    }

    private static FunctionFailure ReadFailure(InvokeOutcome outcome)
    {
        try
        {
            return JsonSerializer.Deserialize(outcome.Payload.Span, FailureJson.Default.FunctionFailure)
                ?? new FunctionFailure(outcome.FunctionError, "no message");
        }
        catch (JsonException)
        {
            return new FunctionFailure(outcome.FunctionError, "an answer that is not JSON");
        }
    }
}
