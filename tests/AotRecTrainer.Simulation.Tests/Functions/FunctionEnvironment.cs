using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>A process of the function, warm after its first invocation: what the function's program does with an event.</summary>
internal sealed class FunctionEnvironment : IDisposable
{
    private static readonly ShardAlgorithms Algorithms = ShardAlgorithms.Best;
    private readonly World _world;
    private readonly ShardComputer _computer;
    private readonly WorkerRole _worker;

    public FunctionEnvironment(World world, string name)
    {
        _world = world;
        Process = new SimulatedProcess(world, name);
        _computer = new ShardComputer(Algorithms, threads: 1);
        _worker = new WorkerRole(_computer, Process.Host);
    }

    public SimulatedProcess Process { get; }

    /// <summary>Gives back what the process computed with; only the world can, since a process that dies gives nothing back.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        _computer.Dispose();
    }

    /// <summary>Handles an invocation inside the process.</summary>
    public Task<byte[]> HandleAsync(Invocation invocation, ReadOnlyMemory<byte> payload) => Process.RunAsync(async () =>
    {
        if (invocation.Worker is { } work)
        {
            WorkerResult done = await _worker.RunAsync(work, CancellationToken.None);
            return JsonSerializer.SerializeToUtf8Bytes(done, TrainingJson.Default.WorkerResult);
        }

        DateTimeOffset deadline = Process.Clock.GetUtcNow() + _world.Faults.TimeLimit;
        CoordinatorEvent asked = JsonSerializer.Deserialize(payload.Span, TrainingJson.Default.CoordinatorEvent)!;
        CoordinatorRole coordinator = new(
            _computer, () => new SimulatedInvoker(_world, Process), SimulatedLambda.FunctionName, SimulatedLambda.Megabytes, Process.Host);
        invocation.Result = await coordinator.RunAsync(asked, new InvocationInfo(invocation.Id, deadline), CancellationToken.None);
        return JsonSerializer.SerializeToUtf8Bytes(invocation.Result, TrainingJson.Default.CoordinatorResult);
    });
}
