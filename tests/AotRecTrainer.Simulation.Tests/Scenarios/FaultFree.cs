using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>The models that nothing disturbed, trained by the coordinator alone: what every other way has to come to.</summary>
internal static class FaultFree
{
    private static readonly Lazy<CoordinatorResult>[] Results =
        [.. Enumerable.Range(0, ModelCase.Count).Select(number => new Lazy<CoordinatorResult>(() => Train(number)))];

    public static CoordinatorResult ResultOf(int number) => Results[number].Value;

    private static CoordinatorResult Train(int number)
    {
        VirtualTime time = new();
        return time.Run(async () =>
        {
            using World world = new(seed: 0, FaultRates.None, time, keepLines: false);
            byte[] payload = Operator.Payload(ModelCase.Event(number) with { Workers = 0, CheckpointEvery = 0 });
            await world.Lambda.RunAsync(payload, world.Lambda.NextId());
            return world.Lambda.Invocations[0].Result
                ?? throw new InvalidOperationException($"case {number} fails without faults: {world.Lambda.Invocations[0].Failure}");
        });
    }
}
