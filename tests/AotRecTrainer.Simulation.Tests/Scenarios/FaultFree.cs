using AotRecTrainer.Simulation.Tests.Oracles;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>A training that nothing disturbed, by the coordinator alone: what every other way has to come to.</summary>
/// <param name="Result">What it came to.</param>
/// <param name="Metrics">The lines of its metrics.</param>
/// <param name="Tables">The model's tables and samples by their keys.</param>
internal sealed record FaultFree(CoordinatorResult Result, EpochMetrics[] Metrics, IReadOnlyDictionary<string, byte[]> Tables)
{
    private static readonly Lazy<FaultFree>[] Cases = [.. Enumerable.Range(0, ModelCase.Count).Select(number => new Lazy<FaultFree>(() => Train(number)))];

    /// <summary>That of a <see cref="ModelCase"/>; trained once.</summary>
    public static FaultFree Of(int number) => Cases[number].Value;

    private static FaultFree Train(int number)
    {
        VirtualTime time = new();
        return time.Run(async () =>
        {
            using World world = new(seed: 0, FaultRates.None, time, keepLines: false);
            CoordinatorEvent asked = ModelCase.Event(number) with { Workers = 0, CheckpointEvery = 0 };
            await world.Lambda.RunAsync(Operator.Payload(asked), world.Lambda.NextId());
            CoordinatorResult result = world.Lambda.Invocations[0].Result
                ?? throw new InvalidOperationException($"case {number} fails without faults: {world.Lambda.Invocations[0].Failure}");
            RunView run = new(world, asked.Output!, asked.Run!);
            Dictionary<string, byte[]> tables = run.Entries
                .Where(entry => entry.Key.Contains("/model/", StringComparison.Ordinal) && !entry.Key.EndsWith(".json", StringComparison.Ordinal))
                .ToDictionary(entry => entry.Key, entry => entry.Value.Content, StringComparer.Ordinal);
            return new FaultFree(result, run.Metrics, tables);
        });
    }
}
