using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Output;

/// <summary>Waits for the end of a run that goes on in other invocations than the one that was asked.</summary>
internal static class RunEnd
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A coordinator gives signs of life every few seconds; to start one takes some more, and Lambda repeats an event after a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The outcome itself when the run ended with it; otherwise what the run's records say once it has ended.</summary>
    public static async Task<InvokeOutcome> WaitAsync(InvokeOutcome outcome, IObjectStore store, string run, CancellationToken cancellationToken)
    {
        bool goesOn = outcome.FunctionError is null && StateOf(outcome) is RunState.Continued or RunState.Running;
        return goesOn ? await WaitAsync(store, run, cancellationToken) : outcome;
    }

    /// <summary>What the run's records say once it has ended, as its coordinator would have answered.</summary>
    public static async Task<InvokeOutcome> WaitAsync(IObjectStore store, string run, CancellationToken cancellationToken)
    {
        LeaseRecord? last = null;
        long since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            LeaseRecord? now = await RunControl.ReadLeaseAsync(store, run, cancellationToken);
            if (now?.Beat != last?.Beat || now?.Token != last?.Token) since = TimeProvider.System.GetTimestamp();
            last = now;
            switch (now?.State)
            {
                case RunState.Complete:
                    return Answer(await RunControl.ReadResultAsync(store, run, cancellationToken));
                case RunState.Cancelled:
                    return Answer(new CoordinatorResult { Run = run, State = RunState.Cancelled, Rounds = now.Checkpoint?.Epoch });
                case RunState.Failed:
                    return Failure((await RunControl.ReadStatusAsync(store, run, cancellationToken))?.Message ?? "the run failed");
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return Failure($"run {run}: no sign of life for {Patience.TotalMinutes} minutes");
    }

    private static string? StateOf(InvokeOutcome outcome)
    {
        try
        {
            return JsonSerializer.Deserialize(outcome.Payload.Span, TrainingJson.Default.CoordinatorResult)?.State;
        }
        catch (JsonException)
        {
            // Whoever reads the answer says so.
            return null;
        }
    }

    private static InvokeOutcome Answer(CoordinatorResult? result) =>
        new(JsonSerializer.SerializeToUtf8Bytes(result!, TrainingJson.Default.CoordinatorResult), FunctionError: null);

    private static InvokeOutcome Failure(string message) => new(
        JsonSerializer.SerializeToUtf8Bytes(new FunctionFailure(FunctionFailure.TrainingFailedType, message), FailureJson.Default.FunctionFailure),
        "Unhandled");
}
