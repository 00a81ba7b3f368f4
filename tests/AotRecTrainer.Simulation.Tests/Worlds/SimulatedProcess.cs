using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Training;

namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>A process: its code runs in a context of its own, and all that it sees of the world comes through doors that die with it.</summary>
internal sealed class SimulatedProcess
{
    private readonly World _world;
    private readonly ProcessContext _context;
    private CrashPoint? _crash;

    public SimulatedProcess(World world, string name)
    {
        _world = world;
        Name = name;
        _context = new ProcessContext(world);
        Clock = new ProcessClock(world, _context);
        Host = new TrainingHost
        {
            OpenStore = location => new SimulatedStore(world, this, location),
            Time = Clock,
            Log = line => world.Log.Add(name, "says", line),
            Background = RunBesideAsync,
            Random = world.Dice.Fork(name).NextDouble,
        };
    }

    public string Name { get; }

    public ProcessClock Clock { get; }

    public TrainingHost Host { get; }

    public bool IsDead => _context.IsDead;

    /// <summary>Calls to the world outside since the invocation began.</summary>
    public int Doors { get; private set; }

    /// <summary>Told once, when the process dies.</summary>
    public Action? Died { get; set; }

    /// <summary>Begins to count calls for an invocation.</summary>
    public void BeginInvocation(CrashPoint? crash)
    {
        Doors = 0;
        _crash = crash;
    }

    /// <summary>Every call to the world outside asks here first.</summary>
    public Passage Enter()
    {
        if (IsDead) return Passage.Shut;
        Doors++;
        if (_crash is not { } crash || crash.Door != Doors) return Passage.Open;
        _world.Log.Add(Name, "crashes at call", $"{crash.Door}{(crash.IsCarriedOut ? ", which is carried out" : "")}");
        Kill();
        return crash.IsCarriedOut ? Passage.OneWay : Passage.Shut;
    }

    public void Kill()
    {
        if (IsDead) return;
        _context.Kill();
        Died?.Invoke();
    }

    public void Freeze() => _context.Hold();

    public void Thaw() => _context.Release();

    /// <summary>Runs a method inside the process; the task never ends when the process dies.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> main)
    {
        TaskCompletionSource<T> done = new();
        _context.Post(_ => _ = RelayAsync(main, done), null);
        return done.Task;
    }

    private static async Task RelayAsync<T>(Func<Task<T>> main, TaskCompletionSource<T> done)
    {
        try
        {
            done.TrySetResult(await main());
        }
        catch (Exception problem)
        {
            done.TrySetException(problem);
        }
    }

    private static async Task RunBesideAsync(Func<Task> work)
    {
        await Task.Yield();
        await work();
    }
}
