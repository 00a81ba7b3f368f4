using System.Text.Json;
using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Oracles;

/// <summary>Says what is wrong with the end of a run: it has the fault-free model's bits, or it has failed and says why.</summary>
internal static class RunOracle
{
    public static IEnumerable<string> Judge(World world, Scenario scenario)
    {
        RunStatus? status = Read(world, scenario);
        if (world.HasStrayed) yield return "code left the simulated process's context";
        if (status is null || status.State == "running")
        {
            yield return $"status.json says {status?.State ?? "nothing"} after the end";
            yield break;
        }

        if (status.State == "failed")
        {
            if (string.IsNullOrWhiteSpace(status.Message)) yield return "the run failed without a message";
            world.Coverage.Add(Recovery.FailedClearly);
            yield break;
        }

        CoordinatorResult expected = FaultFree.ResultOf(scenario.Case);
        foreach (Invocation invocation in world.Lambda.Invocations)
        {
            if (invocation.Result is not { } result) continue;
            if (result.ParametersSha256 != expected.ParametersSha256)
                yield return $"the model is {result.ParametersSha256[..12]}, without faults it is {expected.ParametersSha256[..12]}";
            if (result.Rounds != expected.Rounds || result.Ratings != expected.Ratings)
                yield return $"{result.Rounds} epochs of {result.Ratings} ratings, without faults {expected.Rounds} of {expected.Ratings}";
            if (result.Retries > 0) world.Coverage.Add(Recovery.Retried);
        }

        world.Coverage.Add(Recovery.CompletedDespiteFaults);
    }

    private static RunStatus? Read(World world, Scenario scenario) =>
        world.Objects.Get($"{scenario.Event.Output}/{scenario.Event.Run}/status.json") is { } json
            ? JsonSerializer.Deserialize(json, TrainingJson.Default.RunStatus) : null;
}
