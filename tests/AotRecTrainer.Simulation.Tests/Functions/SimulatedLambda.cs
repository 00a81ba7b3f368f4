using System.Text.Json;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>
/// The platform: one environment per concurrent invocation, used again when idle and frozen in between; a time limit that kills; a queue
/// that delivers again what failed, and sometimes what did not.
/// </summary>
internal sealed class SimulatedLambda(World world) : IDisposable
{
    public const string FunctionName = "trainer";
    public const int Megabytes = 1769;
    /// <summary>What the platform calls the failure of a function that it ended, or that died.</summary>
    public const string CutOffType = "Runtime.ExitError";

    private const int DeliveriesMax = 3;

    private readonly List<FunctionEnvironment> _environments = [];
    private readonly List<FunctionEnvironment> _idle = [];
    private readonly List<Invocation> _invocations = [];
    private readonly Dictionary<SimulatedProcess, Invocation> _coordinating = [];
    private TaskCompletionSource _quiet = new();
    private TaskCompletionSource _idleNow = new();
    private int _ids;
    private int _running;
    private int _coming;
    private int _queued;
    private int _coordinators;

    public Dice Dice { get; } = world.Dice.Fork("functions");

    /// <summary>All invocations so far, in the order of their starts.</summary>
    public IReadOnlyList<Invocation> Invocations => _invocations;

    /// <summary>One invocation that dies at a chosen call, whatever the rates are; null for none.</summary>
    public PlannedCrash? Crash { get; set; }

    public bool IsFull => _running >= world.Faults.Concurrency;

    public string NextId() => $"request-{++_ids:D4}";

    /// <summary>The coordinator that a process is at this moment; null when it is none.</summary>
    public Invocation? CoordinatorOf(SimulatedProcess process) => _coordinating.GetValueOrDefault(process);

    /// <summary>Ends when no coordinator is running, queued or called.</summary>
    public Task WaitForCoordinatorsAsync() => _coordinators + _coming == 0 ? Task.CompletedTask : _quiet.Task;

    /// <summary>Ends when nothing is running, queued or called.</summary>
    public Task WaitForEverythingAsync() => _running + _queued + _coming == 0 ? Task.CompletedTask : _idleNow.Task;

    /// <summary>A call is on its way; what it starts is not known yet.</summary>
    public void CallBegins() => _coming++;

    public void CallEnds()
    {
        _coming--;
        NoteQuiet();
    }

    /// <summary>Queues an asynchronous event.</summary>
    public void Enqueue(byte[] payload)
    {
        string id = NextId();
        bool isCoordinator = ReadWork(payload) is null;
        _ = DeliverAsync(payload, id, isCoordinator, Dice.Chance(world.Faults.DeliversLate) ? Fault.DeliveredLate : null);
        if (Dice.Chance(world.Faults.DeliversTwice)) _ = DeliverAsync(payload, id, isCoordinator, Fault.DeliveredTwice);
    }

    /// <summary>Runs the function once.</summary>
    public async Task<InvokeOutcome> RunAsync(byte[] payload, string id)
    {
        WorkerEvent? work = ReadWork(payload);
        _running++;
        if (work is null) _coordinators++;
        FunctionEnvironment environment = await FindEnvironmentAsync();
        Invocation invocation = new() { Id = id, Process = environment.Process, Worker = work };
        _invocations.Add(invocation);
        world.Log.Add(environment.Process.Name, "begins", work is null ? id : $"{id}: round {work.Round}, attempt {work.Attempt}, shards {string.Join(',', work.Shards)}");
        InvokeOutcome outcome = await RunAsync(environment, invocation, payload);
        world.Log.Add(environment.Process.Name, "ends", $"{id}{(invocation.Failure is { } failure ? $": {failure.ErrorType}: {failure.ErrorMessage}" : "")}");
        _running--;
        if (work is null)
        {
            _coordinating.Remove(environment.Process);
            _coordinators--;
            world.Witness.Ended(invocation);
        }

        NoteQuiet();

        return outcome;
    }

    public void Dispose()
    {
        foreach (FunctionEnvironment environment in _environments) environment.Dispose();
    }

    private async Task<InvokeOutcome> RunAsync(FunctionEnvironment environment, Invocation invocation, byte[] payload)
    {
        SimulatedProcess process = environment.Process;
        InvocationFate fate = FateOf(invocation);
        if (invocation.IsCoordinator) _coordinating.Add(process, invocation);
        TaskCompletionSource<string> ended = new();
        process.Died = () =>
        {
            if (ended.TrySetResult("Runtime exited with error: signal: killed"))
                world.Happened(invocation.IsCoordinator ? Fault.CoordinatorCrashed : Fault.WorkerCrashed, process.Name);
        };
        process.BeginInvocation(fate.Crash);
        process.Thaw();
        TimeSpan limit = world.Faults.TimeLimit;
        Plan(fate, process, ended.Task);
        world.After(limit, () =>
        {
            if (!ended.TrySetResult($"Task timed out after {limit.TotalSeconds:F2} seconds")) return;
            world.Happened(Fault.TimedOut, process.Name);
            process.Kill();
        });
        Task<byte[]> answer = environment.HandleAsync(invocation, payload);
        if (await Task.WhenAny(answer, ended.Task) == ended.Task)
            return Failed(invocation, new FunctionFailure(CutOffType, await ended.Task));
        ended.TrySetResult("");
        if (!process.IsDead)
        {
            process.Freeze();
            if (!Dice.Chance(world.Faults.Recycles)) _idle.Add(environment);
        }

        return answer.Exception?.InnerException is { } problem ? Failed(invocation, FunctionFailure.Of(problem)) : new InvokeOutcome(await answer, null);
    }

    private InvocationFate FateOf(Invocation invocation)
    {
        InvocationFate fate = InvocationFate.From(Dice, world.Faults, invocation.IsCoordinator);
        int number = _invocations.Count(other => other.IsCoordinator == invocation.IsCoordinator);
        return Crash is { } crash && crash.IsCoordinator == invocation.IsCoordinator && crash.Invocation == number ? fate with { Crash = crash.Point } : fate;
    }

    private void Plan(InvocationFate fate, SimulatedProcess process, Task ended)
    {
        if (fate.CrashAfter is { } crash) world.After(crash, () => IfRunning(process.Kill));
        if (fate.JumpAfter is { } jump)
        {
            world.After(jump, () => IfRunning(() =>
            {
                process.Clock.Offset += fate.Jump;
                world.Happened(Fault.ClockJumped, process.Name);
            }));
        }

        if (fate.PauseAfter is { } pause)
        {
            world.After(pause, () => IfRunning(() =>
            {
                process.Freeze();
                world.Happened(Fault.Paused, process.Name);
                world.After(fate.Pause, () => IfRunning(process.Thaw));
            }));
        }

        void IfRunning(Action act)
        {
            if (!ended.IsCompleted) act();
        }
    }

    private async Task<FunctionEnvironment> FindEnvironmentAsync()
    {
        if (_idle.Count > 0)
        {
            int chosen = Dice.Below(_idle.Count);
            FunctionEnvironment warm = _idle[chosen];
            _idle.RemoveAt(chosen);
            return warm;
        }

        FunctionEnvironment cold = new(world, $"process-{_environments.Count + 1:D3}");
        _environments.Add(cold);
        world.Happened(Fault.ColdStart, cold.Process.Name);
        await Task.Delay(Dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(600)), world.Time);
        return cold;
    }

    private async Task DeliverAsync(byte[] payload, string id, bool isCoordinator, Fault? fault)
    {
        _queued++;
        if (isCoordinator) _coordinators++;
        if (fault is { } kind)
        {
            world.Happened(kind, id);
            await Task.Delay(Dice.Spread(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(3)), world.Time);
        }

        for (int delivery = 1; delivery <= DeliveriesMax; delivery++)
        {
            if (delivery > 1)
            {
                await Task.Delay(TimeSpan.FromMinutes(delivery - 1), world.Time);
                world.Happened(Fault.DeliveredAgain, id);
            }

            while (IsFull)
            {
                world.Happened(Fault.Throttled, id);
                await Task.Delay(Dice.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), world.Time);
            }

            if ((await RunAsync(payload, id)).FunctionError is null) break;
        }

        _queued--;
        if (isCoordinator) _coordinators--;
        NoteQuiet();
    }

    private void NoteQuiet()
    {
        if (_coordinators + _coming == 0) Reached(ref _quiet);
        if (_running + _queued + _coming == 0) Reached(ref _idleNow);
    }

    /// <summary>Whoever waits goes on a little later: this is in the middle of something.</summary>
    private void Reached(ref TaskCompletionSource waiting)
    {
        TaskCompletionSource reached = waiting;
        waiting = new TaskCompletionSource();
        world.Post(reached.SetResult);
    }

    private static InvokeOutcome Failed(Invocation invocation, FunctionFailure failure)
    {
        invocation.Failure = failure;
        return new InvokeOutcome(JsonSerializer.SerializeToUtf8Bytes(failure, FailureJson.Default.FunctionFailure), "Unhandled");
    }

    /// <summary>The event of a worker; null for any other.</summary>
    public static WorkerEvent? ReadWork(ReadOnlySpan<byte> payload) =>
        payload.IndexOf("\"role\":\"worker\""u8) >= 0 ? JsonSerializer.Deserialize(payload, TrainingJson.Default.WorkerEvent) : null;
}
