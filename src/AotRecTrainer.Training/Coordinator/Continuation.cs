using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Has a run go on in another invocation of the coordinator's own function.</summary>
internal sealed class Continuation(TrainingPlan plan, CoordinatorContext context)
{
    private const int AttemptsMax = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How a person goes on with a run.</summary>
    public static string HintFor(TrainingPlan plan) => $"resume it with: aotrec train --resume --run {plan.Run} --output {plan.Output}";

    /// <summary>What to end with when one invocation after the other gets nothing done.</summary>
    public TrainingFailedException Hopeless(TimeBudget budget, int roundsPerEpoch) => new(
        $"{(roundsPerEpoch == 1 ? "an epoch" : "a round")} does not fit into the function's time limit of {budget.Limit?.TotalSeconds:F0} s; "
        + $"a longer limit, more memory or more workers help; then {HintFor(plan)}");

    /// <summary>Sends the event, once the lease is released.</summary>
    /// <exception cref="TrainingFailedException">It was refused at every attempt, and nobody has the run.</exception>
    public async Task StartAsync(RunLease lease, CancellationToken cancellationToken)
    {
        CoordinatorEvent asked = new() { Role = "coordinator", Run = plan.Run, Output = plan.Output, Resume = true };
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await context.Invoker().InvokeEventAsync(context.Function, payload, cancellationToken);
                return;
            }
            catch (InvokeException refused)
            {
                // It may have arrived although its answer did not; then somebody has the run by now or soon.
                if (await IsTakenAsync(lease)) return;
                if (refused.IsPermanent || attempt == AttemptsMax)
                    throw new TrainingFailedException($"the run could not go on in another invocation: {refused.Message}; {HintFor(plan)}", refused);
                context.Host.Log($"run {plan.Run}: to go on in another invocation, attempt {attempt}: {refused.Message}");
            }

            await Task.Delay(Pause * (1 << attempt), context.Host.Time, cancellationToken);
        }
    }

    private static async Task<bool> IsTakenAsync(RunLease lease)
    {
        try
        {
            await lease.BeatAsync(CancellationToken.None);
            return false;
        }
        catch (StorageException)
        {
            return false;
        }
        catch (TrainingFailedException)
        {
            return true;
        }
    }
}
