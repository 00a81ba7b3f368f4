using System.Text.Json;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Exchange;

/// <summary>Synchronous invocations: a worker's answer says that its statistics are in the store.</summary>
internal sealed class AwaitLine(RoundContext context, CurrentRound round) : IWorkerLine
{
    public TimeSpan? NextLook => null;

    public int Looks => 0;

    public async Task AskAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        (int[] stored, string problem, double? worked) = await InvokeAsync(attempt, cancellationToken);

        // A worker that failed may have stored some of its shards before.
        if (problem.Length > 0) stored = await FindAsync(attempt.Shards, cancellationToken);
        round.TellEnded(attempt.Shards[0], attempt.Number, stored, problem.Length > 0 ? problem : "its statistics are not in the store", worked);
    }

    public Task LookAsync(int[] missing, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<(int[] Stored, string Problem, double? Worked)> InvokeAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            InvokeOutcome outcome = await context.Invoker.InvokeAsync(
                context.Function, context.Payload(round.Keys, attempt, reportFailure: false), cancellationToken);
            if (outcome.FunctionError is null) return ReadResult(attempt, outcome);
            FunctionFailure failure = FunctionFailure.Parse(outcome.Payload.Span, outcome.FunctionError);
            return failure.ToPermanent() is { } permanent ? throw permanent : ([], failure.ToString(), null);
        }
        catch (InvokeException refused)
        {
            return refused.IsPermanent ? throw new TrainingFailedException(refused.Message, refused) : ([], refused.Message, null);
        }
    }

    private (int[] Stored, string Problem, double? Worked) ReadResult(Attempt attempt, InvokeOutcome outcome)
    {
        try
        {
            WorkerResult? result = JsonSerializer.Deserialize(outcome.Payload.Span, TrainingJson.Default.WorkerResult);
            return result is not null && result.Run == round.Keys.Run && result.Round == round.Keys.Round
                ? ([.. result.Shards.Intersect(attempt.Shards)], "", result.Milliseconds)
                : ([], "it answered another question", null);
        }
        catch (JsonException)
        {
            return ([], "its answer is not a worker's", null);
        }
    }

    private async Task<int[]> FindAsync(int[] shards, CancellationToken cancellationToken)
    {
        long?[] lengths = await Task.WhenAll(
            shards.Select(shard => context.Store.GetLengthAsync(round.Keys.Statistics(shard), cancellationToken).AsTask()));
        return [.. shards.Where((_, index) => lengths[index] is not null)];
    }
}
