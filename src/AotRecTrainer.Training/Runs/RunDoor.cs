using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// Who may work on a run: whoever creates it, whoever wants to go on with it, and a second delivery of the event that created it, each only
/// while no other coordinator lives.
/// </summary>
/// <param name="store">The output location.</param>
/// <param name="run">Name of the run.</param>
/// <param name="invocation">Who asks.</param>
/// <param name="time">The clock that leases are watched by.</param>
internal sealed class RunDoor(IObjectStore store, string run, InvocationInfo invocation, TimeProvider time)
{
    private readonly RunKeys _keys = new(run);

    /// <summary>Creates a run, or finds that this very event has created it before.</summary>
    /// <param name="plan">What will run.</param>
    /// <param name="manifest">SHA-256 of the data set's manifest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TrainingInputException">The name is taken.</exception>
    public async Task<RunEntry> CreateAsync(TrainingPlan plan, string manifest, CancellationToken cancellationToken)
    {
        RunConfig config = plan.ToConfig(invocation.Id, manifest);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(config, TrainingJson.Default.RunConfig);
        if (await store.TryCreateAsync(_keys.Config, content, cancellationToken))
            return new RunEntry(LeaseSight.None, config, Answer: null, EndsCancellation: false);
        if ((await ReadConfigAsync(cancellationToken)).Invocation != invocation.Id)
            throw new TrainingInputException($"run \"{run}\" exists already in {store.Location}; choose another name, or resume it");
        return await ReopenAsync(isWanted: false, cancellationToken);
    }

    /// <summary>Looks at a run that exists, for as long as it takes to tell whether its coordinator lives.</summary>
    /// <param name="isWanted">True when the event says that the run is to go on; false when it began the run and is delivered again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TrainingInputException">There is no such run.</exception>
    public async Task<RunEntry> ReopenAsync(bool isWanted, CancellationToken cancellationToken)
    {
        RunConfig config = await ReadConfigAsync(cancellationToken);
        LeaseSight sight = await LeaseSight.WatchAsync(store, run, time, cancellationToken);
        LeaseRecord? record = sight.Record;
        bool isKnown = record is not null && record.IsKnown(invocation);
        CoordinatorResult? answer = record?.State switch
        {
            RunState.Complete => await ReadResultAsync(cancellationToken),
            RunState.Running when sight.IsAlive => Brief(RunState.Running),

            // Whoever stopped it did not mean it to start again by itself.
            RunState.Cancelled when !isWanted || isKnown => Brief(RunState.Cancelled),
            _ => null,
        };

        // A request to stop that came while one coordinator handed over to the next is still to be heard.
        bool endsCancellation = isWanted && !isKnown && record?.State != RunState.Released;
        return new RunEntry(sight, config, answer, endsCancellation);
    }

    /// <summary>Takes the run.</summary>
    /// <returns>Null when another coordinator was quicker.</returns>
    public async Task<RunLease?> TryTakeAsync(RunEntry entry, CancellationToken cancellationToken)
    {
        RunLease? lease = await RunLease.TryTakeAsync(store, run, entry.Before, invocation, time, cancellationToken);
        if (lease is not null && entry.EndsCancellation) await store.DeleteAsync(_keys.Cancel, cancellationToken);
        return lease;
    }

    /// <summary>An answer about a run that somebody else answers for.</summary>
    public CoordinatorResult Brief(string state) => new() { Run = run, State = state };

    private async Task<RunConfig> ReadConfigAsync(CancellationToken cancellationToken) =>
        await RunControl.ReadConfigAsync(store, run, cancellationToken)
            ?? throw new TrainingInputException($"there is no run \"{run}\" in {store.Location}: {_keys.Config} is missing");

    private async Task<CoordinatorResult> ReadResultAsync(CancellationToken cancellationToken) =>
        await RunControl.ReadResultAsync(store, run, cancellationToken)
            ?? throw new TrainingInputException($"run \"{run}\" is complete, but {_keys.Result} is missing in {store.Location}");
}
