using System.Text.Json;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>The person at the keyboard: starts the run and looks after it until it has ended.</summary>
internal sealed class Operator(World world, Scenario scenario)
{
    public static byte[] Payload(CoordinatorEvent asked) => JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);

    /// <summary>Returns when the run has ended one way or the other.</summary>
    public async Task OperateAsync()
    {
        Ask(scenario.Event, scenario.IsQueued);
        await world.Lambda.WaitForCoordinatorsAsync();
    }

    private void Ask(CoordinatorEvent asked, bool isQueued)
    {
        world.Log.Add("operator", isQueued ? "queues" : "calls", $"run {asked.Run}");
        byte[] payload = Payload(asked);
        if (isQueued) world.Lambda.Enqueue(payload);
        else _ = world.Lambda.RunAsync(payload, world.Lambda.NextId());
    }
}
