using System.Text.Json;
using AotRecTrainer.Simulation.Tests.Functions;
using AotRecTrainer.Simulation.Tests.Oracles;
using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Simulation.Tests.Scenarios;

/// <summary>
/// The person at the keyboard: starts the run, may stop it or go on with it in the middle of things, and goes on with it whenever it has
/// stopped, until it is complete. After some tries the weather clears: then it must come to its end.
/// </summary>
internal sealed class Operator(World world, Scenario scenario)
{
    private const int TriesInTrouble = 3;
    private const int TriesAfterTrouble = 4;
    private readonly Dice _dice = world.Dice.Fork("operator");
    private readonly SimulatedProcess _process = new(world, "operator");
    private readonly List<string> _problems = [];
    private readonly RunView _run = new(world, scenario.Event.Output!, scenario.Event.Run!);

    /// <summary>What is not as it should be.</summary>
    public IReadOnlyList<string> Problems => _problems;

    private bool IsComplete => _run.Lease?.State == RunState.Complete;

    public static byte[] Payload(CoordinatorEvent asked) => JsonSerializer.SerializeToUtf8Bytes(asked, TrainingJson.Default.CoordinatorEvent);

    /// <summary>Returns when the run is complete, or will not become so.</summary>
    public async Task OperateAsync()
    {
        foreach (TimeSpan moment in scenario.Cancels) world.After(moment, () => _ = _process.RunAsync(CancelAsync));
        foreach (TimeSpan moment in scenario.Resumes) world.After(moment, GoOn);
        Ask(scenario.Event, scenario.IsQueued);
        for (int tries = 0; ; tries++)
        {
            await world.Lambda.WaitForCoordinatorsAsync();
            _problems.AddRange(RestOracle.Judge(world, _run));
            if (IsComplete) break;
            if (tries == TriesInTrouble) Clear();
            if (tries == TriesInTrouble + TriesAfterTrouble)
            {
                _problems.Add($"not complete although nothing goes wrong any more: the lease says {_run.Lease?.State ?? "nothing"}, {_run.Status?.Message}");
                return;
            }

            await Task.Delay(_dice.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(100)), world.Time);
            GoOn();
        }

        world.Coverage.Add(world.Faults == FaultRates.None && scenario.Faults != FaultRates.None ? Recovery.CompletedAfterTrouble : Recovery.CompletedInTrouble);
        await world.Lambda.WaitForEverythingAsync();
        _problems.AddRange(EndOracle.Judge(world, scenario, _run));
        await AskOnceMoreAsync();
    }

    private void Clear()
    {
        world.Faults = FaultRates.None;
        world.Log.Add("operator", "sees the weather clear");
    }

    private void Ask(CoordinatorEvent asked, bool isQueued)
    {
        world.Log.Add("operator", isQueued ? "queues" : "calls", $"run {asked.Run}{(asked.Resume == true ? ", resume" : "")}");
        byte[] payload = Payload(asked);
        if (isQueued) world.Lambda.Enqueue(payload);
        else _ = world.Lambda.RunAsync(payload, world.Lambda.NextId());
    }

    /// <summary>Goes on with the run, or starts it when nothing came of the first try.</summary>
    private void GoOn()
    {
        CoordinatorEvent resume = new() { Role = "coordinator", Run = scenario.Event.Run, Output = scenario.Event.Output, Resume = true };
        Ask(_run.Exists ? resume : scenario.Event, _dice.Chance(0.5));
    }

    private async Task<bool> CancelAsync()
    {
        using SimulatedStore store = new(world, _process, scenario.Event.Output!);
        try
        {
            return await RunControl.CancelAsync(store, scenario.Event.Run!);
        }
        catch (StorageException problem)
        {
            world.Log.Add(_process.Name, "could not cancel", problem.Message);
            return false;
        }
    }

    /// <summary>Asks for a complete run: it answers, and touches nothing.</summary>
    private async Task AskOnceMoreAsync()
    {
        Clear();
        Dictionary<string, StoredEntry> before = _run.Entries;
        GoOn();
        await world.Lambda.WaitForEverythingAsync();
        Invocation last = world.Lambda.Invocations.Last(invocation => invocation.IsCoordinator);
        CoordinatorResult? answer = last.Result;
        if (answer?.State != RunState.Complete || answer.ParametersSha256 != FaultFree.Of(scenario.Case).Result.ParametersSha256)
            _problems.Add($"a complete run, asked for again, answers {answer?.State ?? last.Failure?.ErrorMessage}");
        else world.Coverage.Add(Recovery.AnsweredAgain);

        if (!before.Where(IsOfCoordinator).SequenceEqual(_run.Entries.Where(IsOfCoordinator)))
            _problems.Add("a complete run, asked for again, changed what is stored");

        // Somebody may still want it to stop, and workers may still be writing for a round that is over.
        bool IsOfCoordinator(KeyValuePair<string, StoredEntry> entry) =>
            entry.Key != _run.CancelKey && !entry.Key.Contains("/rounds/", StringComparison.Ordinal);
    }
}
