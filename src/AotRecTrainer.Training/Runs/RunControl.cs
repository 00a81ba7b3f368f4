using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>What anybody can do about a run who can reach the place where it is stored.</summary>
public static class RunControl
{
    /// <summary>Asks a run to stop at its next round; its coordinator looks about once a second.</summary>
    /// <returns>False when there is no such run.</returns>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> CancelAsync(IObjectStore store, string run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        RunKeys keys = new(run);
        if (await store.GetLengthAsync(keys.Config, cancellationToken) is null) return false;
        await store.PutAsync(keys.Cancel, "{}"u8.ToArray(), cancellationToken);
        return true;
    }

    /// <summary>Where a run stands, as its coordinator last wrote it; null when it has written nothing yet.</summary>
    /// <exception cref="TrainingInputException">What is stored cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static Task<RunStatus?> ReadStatusAsync(IObjectStore store, string run, CancellationToken cancellationToken = default) =>
        ReadAsync(store, new RunKeys(run).Status, TrainingJson.Default.RunStatus, cancellationToken);

    /// <summary>How a run was begun; null when there is no such run.</summary>
    /// <exception cref="TrainingInputException">What is stored cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static Task<RunConfig?> ReadConfigAsync(IObjectStore store, string run, CancellationToken cancellationToken = default) =>
        ReadAsync(store, new RunKeys(run).Config, TrainingJson.Default.RunConfig, cancellationToken);

    /// <summary>What a run came to; null while it is not complete.</summary>
    /// <exception cref="TrainingInputException">What is stored cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static Task<CoordinatorResult?> ReadResultAsync(IObjectStore store, string run, CancellationToken cancellationToken = default) =>
        ReadAsync(store, new RunKeys(run).Result, TrainingJson.Default.CoordinatorResult, cancellationToken);

    /// <summary>Which coordinator has a run, and its last checkpoint; null before the first.</summary>
    /// <exception cref="TrainingInputException">What is stored cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static Task<LeaseRecord?> ReadLeaseAsync(IObjectStore store, string run, CancellationToken cancellationToken = default) =>
        ReadAsync(store, new RunKeys(run).Lease, TrainingJson.Default.LeaseRecord, cancellationToken);

    /// <summary>Whether a coordinator works on a run: watches its lease for a sign of life, a few seconds or as long as one may be silent.</summary>
    /// <exception cref="TrainingInputException">What is stored cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> IsAliveAsync(
        IObjectStore store, string run, TimeProvider time, CancellationToken cancellationToken = default) =>
        (await LeaseSight.WatchAsync(store, run, time, cancellationToken)).IsAlive;

    /// <summary>
    /// Notes that a run's coordinator has died, for whoever has seen it die: the run is failed then, and can be resumed without waiting
    /// until it looks dead. Nothing happens when it has ended by itself.
    /// </summary>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task NoteDeathAsync(IObjectStore store, string run, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        RunKeys keys = new(run);
        if (await store.GetVersionedAsync(keys.Lease, cancellationToken) is not { } stored
            || JsonSerializer.Deserialize(stored.Content, TrainingJson.Default.LeaseRecord) is not { } lease
            || lease.State is not (RunState.Running or RunState.Released)) return;
        byte[] noted = JsonSerializer.SerializeToUtf8Bytes(
            lease with { State = RunState.Failed, Beat = lease.Beat + 1, IdleSegments = 0 }, TrainingJson.Default.LeaseRecord);
        if (!await store.TryReplaceAsync(keys.Lease, stored.Version, noted, cancellationToken)) return;
        if (await ReadStatusAsync(store, run, cancellationToken) is { } status)
        {
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(
                status with { State = RunState.Failed, Message = reason }, TrainingJson.Default.RunStatus);
            await store.PutAsync(keys.Status, content, cancellationToken);
        }
    }

    private static async Task<T?> ReadAsync<T>(IObjectStore store, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(store);
        if (await store.GetAsync(key, cancellationToken) is not { } content) return null;
        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException problem)
        {
            throw new TrainingInputException($"{key} in {store.Location} cannot be read: {problem.Message}", problem);
        }
    }
}
