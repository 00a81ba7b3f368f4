using System.Text.Json;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Oracles;

/// <summary>Looks at a run that nobody works on: it has ended or stopped clearly, and what it has got so far is there.</summary>
internal static class RestOracle
{
    private static readonly string[] ClearTypes =
        [FunctionFailure.InvalidInputType, FunctionFailure.DivergedType, FunctionFailure.TrainingFailedType, FunctionFailure.StorageType];

    public static IEnumerable<string> Judge(World world, RunView run)
    {
        foreach (Invocation coordinator in world.Lambda.Invocations.Where(invocation => invocation.IsCoordinator))
        {
            if (Unclear(coordinator) is { } problem) yield return problem;
        }

        if (run.Lease is not { } lease) yield break;
        Invocation[] holders = Holders(world, lease);
        if (lease.State == RunState.Running && !holders.Any(IsCutOff) && !CouldNotSay(holders, run.LeaseKey, run.CancelKey))
            yield return "the lease says running, and its coordinator has ended by itself";
        if (lease.State is RunState.Failed or RunState.Cancelled && run.Status?.State != lease.State && !CouldNotSay(holders, run.StatusKey, run.MetricsKey, run.LeaseKey))
            yield return $"the lease says {lease.State}, status.json {run.Status?.State ?? "nothing"}";
        if (lease.State == RunState.Failed && run.Status is { State: RunState.Failed } failed && string.IsNullOrWhiteSpace(failed.Message))
            yield return "the run failed without a message";
        if (lease.Checkpoint is { } mark && Damage(run, mark) is { } damage) yield return $"the checkpoint after round {mark.Round}: {damage}";
    }

    private static string? Unclear(Invocation coordinator)
    {
        if (coordinator.Failure is not { } failure || failure.ErrorType == SimulatedLambda.CutOffType) return null;
        if (!ClearTypes.Contains(failure.ErrorType)) return $"a coordinator failed with {failure.ErrorType}: {failure.ErrorMessage}";
        return string.IsNullOrWhiteSpace(failure.ErrorMessage) || failure.ErrorMessage.Contains('\n', StringComparison.Ordinal)
            ? $"a coordinator failed with the message \"{failure.ErrorMessage}\"" : null;
    }

    /// <summary>Who may have the lease: an event that comes again to the same process has the same name, so there may be several.</summary>
    private static Invocation[] Holders(World world, LeaseRecord lease) =>
    [
        .. world.Lambda.Invocations.Where(invocation =>
            invocation.IsCoordinator && lease.Owner.StartsWith(invocation.Id + "/", StringComparison.Ordinal)
            && world.Witness.TokenOf(invocation.Process) == lease.Token),
    ];

    private static bool IsCutOff(Invocation coordinator) => coordinator.Failure?.ErrorType == SimulatedLambda.CutOffType;

    /// <summary>Whether a coordinator could not say how it ended because the store failed at what comes before that.</summary>
    private static bool CouldNotSay(Invocation[] coordinators, params string[] keys) =>
        coordinators.Any(coordinator => coordinator.TroubledKeys.Overlaps(keys));

    private static string? Damage(RunView run, CheckpointMark mark)
    {
        if (run.Get(mark.Key) is not { } content) return "its description is missing";
        CheckpointDescription description = JsonSerializer.Deserialize(content, TrainingJson.Default.CheckpointDescription)!;
        if (description.Round != mark.Round) return $"its description is of round {description.Round}";
        if (run.Get(description.Parameters) is not { } parameters) return "its parameters are missing";
        if (run.Get(description.State) is not { } state) return "its state is missing";
        try
        {
            StateSerializer.Read(state, description.State);
            string digest = ParameterSerializer.Read(parameters, description.Parameters).Sha256();
            return digest == description.ParametersSha256 ? null : $"its parameters are {digest[..12]}, expected {description.ParametersSha256[..12]}";
        }
        catch (ModelException problem)
        {
            return problem.Message;
        }
    }
}
