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
