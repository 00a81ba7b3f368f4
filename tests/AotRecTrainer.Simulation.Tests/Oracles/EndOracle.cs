using AotRecTrainer.Simulation.Tests.Scenarios;
using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Oracles;

/// <summary>Holds a complete run against the one that nothing disturbed: the same bits, the same errors, nothing left behind.</summary>
internal static class EndOracle
{
    public static IEnumerable<string> Judge(World world, Scenario scenario, RunView run)
    {
        FaultFree expected = FaultFree.Of(scenario.Case);
        if (run.Status?.State != RunState.Complete) yield return $"status.json says {run.Status?.State ?? "nothing"} of a complete run";
        CoordinatorResult?[] results = [run.Result, .. world.Lambda.Invocations.Select(invocation => invocation.Result)];
        foreach (CoordinatorResult? result in results)
        {
            if (result is null || result.State != RunState.Complete) continue;
            if (result.ParametersSha256 != expected.Result.ParametersSha256)
                yield return $"the model is {result.ParametersSha256?[..12]}, without faults it is {expected.Result.ParametersSha256?[..12]}";
            if (result.Rounds != expected.Result.Rounds || result.Ratings != expected.Result.Ratings)
                yield return $"{result.Rounds} epochs of {result.Ratings} ratings, without faults {expected.Result.Rounds} of {expected.Result.Ratings}";
            if (result.TrainRmse != expected.Result.TrainRmse || result.TestRmse != expected.Result.TestRmse)
                yield return $"errors {result.TrainRmse} and {result.TestRmse}, without faults {expected.Result.TrainRmse} and {expected.Result.TestRmse}";
            if (result.RoundMilliseconds?.Length != result.Rounds) yield return $"times of {result.RoundMilliseconds?.Length} epochs, expected {result.Rounds}";
        }

        if (run.Result is null) yield return "a complete run without result.json";
        if (run.Model?.ParametersSha256 != expected.Result.ParametersSha256) yield return "model.json is of another model";
        foreach ((string key, byte[] table) in expected.Tables)
        {
            if (!table.AsSpan().SequenceEqual(run.Get(key))) yield return $"{key} differs";
        }

        if (!run.Metrics.Select(Errors).SequenceEqual(expected.Metrics.Select(Errors)))
            yield return $"metrics.jsonl has epochs {string.Join(',', run.Metrics.Select(line => line.Epoch))} or other errors, expected {string.Join(',', expected.Metrics.Select(line => line.Epoch))}";
        foreach ((string key, StoredEntry entry) in run.Entries)
        {
            if (key.Contains("/rounds/", StringComparison.Ordinal) && entry.At < world.Witness.CleanedUp && !world.Witness.IsCleanUpTroubled)
                yield return $"{key}, written at {entry.At.TotalSeconds:F3} s, was left behind";
        }
    }

    private static (int, double, double?, double?) Errors(EpochMetrics line) => (line.Epoch, line.TrainRmse, line.TestRmse, line.TestMae);
}
