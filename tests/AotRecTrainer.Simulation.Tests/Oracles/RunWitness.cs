using System.Text.Json;
using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Oracles;

/// <summary>
/// Sees every write and every request of a world as it happens, and notes what must never happen: two coordinators under one token, a
/// token or a checkpoint that goes back, an object of the run overwritten by a coordinator that was replaced, requests without bound.
/// </summary>
internal sealed class RunWitness(World world)
{
    private const int ListsPerRoundMax = 20;
    private static readonly string[] OfficialNames = ["/status.json", "/metrics.jsonl", "/result.json"];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, int> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _writers = new(StringComparer.Ordinal);
    private readonly Dictionary<(Invocation, string), int> _lists = [];
    private readonly Dictionary<(string Parameters, int Shard), int> _asks = [];
    private LeaseRecord? _lease;

    /// <summary>Most attempts at the same shards of a round.</summary>
    public int AttemptsMax { get; set; } = 5;

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>When somebody last looked for what rounds have left.</summary>
    public TimeSpan CleanedUp { get; private set; } = TimeSpan.MinValue;

    /// <summary>Whether removing what rounds have left met with trouble at any time since somebody last looked.</summary>
    public bool IsCleanUpTroubled { get; private set; }

    /// <summary>Told of every write, after it was done.</summary>
    public void Wrote(string location, StoredEntry entry)
    {
        if (location.EndsWith("/lease.json", StringComparison.Ordinal)) SeeLease(entry);
        string? official = Array.Find(OfficialNames, name => location.EndsWith(name, StringComparison.Ordinal));
        if (official is null) return;
        int token = _tokens.GetValueOrDefault(entry.Writer);
        if (token < _writers.GetValueOrDefault(official)) Object($"{official} of coordinator {_writers[official]} was overwritten by coordinator {token}");
        _writers[official] = token;
    }

    /// <summary>Told of every request to the store, as it has its effect.</summary>
    /// <param name="process">Who asked.</param>
    /// <param name="coordinator">What the process was working on when it asked; null for a worker.</param>
    /// <param name="operation">What it asked for.</param>
    /// <param name="key">Of what.</param>
    /// <param name="fails">Whether it is told so.</param>
    public void Asked(SimulatedProcess process, Invocation? coordinator, string operation, string key, bool fails)
    {
        if (!key.Contains("/rounds/", StringComparison.Ordinal) || operation is not ("list" or "delete")) return;
        bool isCleanUp = key.EndsWith("/rounds/", StringComparison.Ordinal);

        // One that was replaced leaves alone what its successors have.
        if (operation == "list" && isCleanUp && TokenOf(process) == _lease?.Token)
        {
            CleanedUp = world.Time.Elapsed;
            IsCleanUpTroubled = false;
        }

        IsCleanUpTroubled |= fails;
        if (operation != "list" || isCleanUp || coordinator is null) return;
        int count = _lists[(coordinator, key)] = _lists.GetValueOrDefault((coordinator, key)) + 1;
        if (count == ListsPerRoundMax + 1) Object($"more than {ListsPerRoundMax} LIST requests of {key}");
    }

    /// <summary>Told of every call for a worker.</summary>
    public void Called(WorkerEvent work)
    {
        if (work.Attempt > 1) world.Coverage.Add(Recovery.Retried);
        if (work.Attempt > AttemptsMax) Object($"{work.Parameters}: attempt {work.Attempt} of at most {AttemptsMax}");
        foreach (int shard in work.Shards)
        {
            int count = _asks[(work.Parameters, shard)] = _asks.GetValueOrDefault((work.Parameters, shard)) + 1;
            if (count == AttemptsMax + 1) Object($"{work.Parameters}: shard {shard} was asked for more than {AttemptsMax} times");
        }
    }

    /// <summary>Told of every coordinator that has ended.</summary>
    public void Ended(Invocation coordinator)
    {
        Recovery? recovery = coordinator.Result?.State switch
        {
            RunState.Continued => Recovery.Continued,
            RunState.Running => Recovery.FoundItRunning,
            RunState.Cancelled => Recovery.Cancelled,
            _ => null,
        };
        if (coordinator.Failure is { } failure && failure.ErrorType != SimulatedLambda.CutOffType)
            recovery = failure.ErrorMessage?.Contains("another coordinator", StringComparison.Ordinal) == true ? Recovery.NoticedTheLoss : Recovery.FailedClearly;
        if (coordinator.Result?.Doubled > 0) world.Coverage.Add(Recovery.Doubled);
        if (recovery is { } kind) world.Coverage.Add(kind);
    }

    /// <summary>The token of the coordinator that a process is, as it said itself.</summary>
    public int TokenOf(SimulatedProcess process) => _tokens.GetValueOrDefault(process.Name);

    private void SeeLease(StoredEntry entry)
    {
        LeaseRecord next = JsonSerializer.Deserialize(entry.Content, TrainingJson.Default.LeaseRecord)!;
        if (_lease is { } before)
        {
            if (next.Token < before.Token) Object($"the token went from {before.Token} to {next.Token}");
            if (next.Token > before.Token + 1) Object($"the token jumped from {before.Token} to {next.Token}");
            if (next.Token == before.Token && next.Owner != before.Owner) Object($"token {next.Token} belongs to two coordinators");
            if ((next.Checkpoint?.Round ?? -1) < (before.Checkpoint?.Round ?? -1)) Object($"the checkpoint went back from round {before.Checkpoint?.Round} to {next.Checkpoint?.Round}");
            if (next.Token > before.Token)
            {
                if (before.State == RunState.Cancelled && before.Invocations.Contains(next.Invocations[0]))
                    Object($"the run was stopped, and invocation {next.Invocations[0]} had it before and started it again");
                if (before.State == RunState.Running) world.Coverage.Add(Recovery.TookOver);
                world.Coverage.Add(next.Checkpoint is null ? Recovery.BeganAnew : Recovery.WentOnFromCheckpoint);
            }
        }
        else if (next.Token != 1)
        {
            Object($"the first token is {next.Token}");
        }

        _tokens[entry.Writer] = next.Token;
        _lease = next;
    }

    private void Object(string problem)
    {
        world.Log.Add("witness", "OBJECTS", problem);
        _problems.Add(problem);
    }
}
