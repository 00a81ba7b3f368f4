using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Oracles;
using AotRecTrainer.Simulation.Tests.Stores;

namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>
/// A little world on one thread: time, a store, a platform that runs functions, and what goes wrong with them. Everything in it follows
/// from its seed, to the event.
/// </summary>
internal sealed class World : IDisposable
{
    // Far beyond what the longest seed needs; a loop without an end and without a pause would otherwise never come back.
    private const int StepsMax = 3_000_000;

    private readonly SynchronizationContext _root;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _steps;

    public World(ulong seed, FaultRates faults, VirtualTime time, bool keepLines)
    {
        Dice = new Dice(seed);
        Faults = faults;
        Time = time;
        _root = SynchronizationContext.Current!;
        Log = new EventLog(() => time.Elapsed, keepLines);
        Weather = new StoreWeather(this);
        Lambda = new SimulatedLambda(this);
        Witness = new RunWitness(this);
        Objects = new ObjectSpace { Written = Witness.Wrote };
    }

    public Dice Dice { get; }

    public VirtualTime Time { get; }

    public EventLog Log { get; }

    public Coverage Coverage { get; } = new();

    public ObjectSpace Objects { get; }

    public StoreWeather Weather { get; }

    public SimulatedLambda Lambda { get; }

    public RunWitness Witness { get; }

    /// <summary>What goes wrong from now on.</summary>
    public FaultRates Faults { get; set; }

    /// <summary>Whether any code left the world's thread: what it then does is not the seed's doing.</summary>
    public bool HasStrayed { get; private set; }

    /// <summary>Does something later, outside of any process.</summary>
    public void After(TimeSpan delay, Action act) => Time.CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Does something as soon as what is going on has been done.</summary>
    public void Post(Action act)
    {
        if (Environment.CurrentManagedThreadId != _thread) HasStrayed = true;
        _root.Post(_ => Step(act), null);
    }

    public void Happened(Fault fault, string who, string about = "")
    {
        Coverage.Add(fault);
        Log.Add(who, "FAULT " + fault, about);
    }

    public void Dispose() => Lambda.Dispose();

    private void Step(Action act)
    {
        if (++_steps > StepsMax) throw new InvalidOperationException($"more than {StepsMax} steps after {Time.Elapsed}: a loop without an end");
        act();
    }
}
