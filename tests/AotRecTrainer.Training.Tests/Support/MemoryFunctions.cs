using System.Collections.Concurrent;
using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Support;

/// <summary>Workers in memory: one environment per concurrent invocation, used again when idle, and a script that makes trouble.</summary>
internal sealed class MemoryFunctions(TrainingHost host) : IFunctionInvoker, IDisposable
{
    private readonly ConcurrentBag<WorkerRole> _idle = [];
    private readonly List<ShardComputer> _computers = [];

    public Script Script { get; set; } = static (_, work) => work();

    /// <summary>Everything that was asked for, in order.</summary>
    public List<WorkerEvent> Asked { get; } = [];

    /// <summary>Names of the functions invoked.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Coordinators that were asked for, in order; a test runs them.</summary>
    public List<CoordinatorEvent> Continuations { get; } = [];

    /// <summary>What becomes of an event for a coordinator before it is taken: may throw in its place.</summary>
    public Action<CoordinatorEvent> OnContinuation { get; set; } = static _ => { };

    /// <summary>Asynchronous invocations that are not over.</summary>
    public List<Task> Queued { get; } = [];

    /// <summary>The answer of a function whose process died.</summary>
    public static InvokeOutcome Died { get; } =
        new("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Runtime exited with error: signal: killed\"}"u8.ToArray(), "Unhandled");

    public Task<InvokeOutcome> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        WorkerEvent asked = JsonSerializer.Deserialize(payload.Span, TrainingJson.Default.WorkerEvent)!;
        Asked.Add(asked);
        Names.Add(function);
        return Script(asked, () => WorkAsync(asked)).WaitAsync(cancellationToken);
    }

    public Task InvokeEventAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (JsonDocument.Parse(payload).RootElement.GetProperty("role").GetString() == "coordinator")
        {
            CoordinatorEvent asked = JsonSerializer.Deserialize(payload.Span, TrainingJson.Default.CoordinatorEvent)!;
            OnContinuation(asked);
            Continuations.Add(asked);
            return Task.CompletedTask;
        }

        Task<InvokeOutcome> running = InvokeAsync(function, payload, CancellationToken.None);
        if (running.IsFaulted) return running;
        Queued.Add(running);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (WorkerRole worker in _idle) worker.Dispose();
        foreach (ShardComputer computer in _computers) computer.Dispose();
    }

    private async Task<InvokeOutcome> WorkAsync(WorkerEvent asked)
    {
        // Long enough that invocations made together run together.
        await Task.Delay(TimeSpan.FromMilliseconds(3), host.Time);
        WorkerRole worker = _idle.TryTake(out WorkerRole? warm) ? warm : Start();
        try
        {
            WorkerResult result = await worker.RunAsync(asked, CancellationToken.None);
            return new InvokeOutcome(JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.WorkerResult), null);
        }
        catch (Exception problem)
        {
            return new InvokeOutcome(JsonSerializer.SerializeToUtf8Bytes(FunctionFailure.Of(problem), FailureJson.Default.FunctionFailure), "Unhandled");
        }
        finally
        {
            await Task.Delay(TimeSpan.FromMilliseconds(3), host.Time);
            _idle.Add(worker);
        }
    }

    private WorkerRole Start()
    {
        ShardComputer computer = new(ShardAlgorithms.Best, threads: 1);
        _computers.Add(computer);
        return new WorkerRole(computer, host);
    }
}
