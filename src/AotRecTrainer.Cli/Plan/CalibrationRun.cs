using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Plan;

/// <summary>What a finished run took, from its folder and its data set.</summary>
/// <param name="Observation">The times.</param>
/// <param name="Store">Kind of the store it used.</param>
/// <param name="Machine">What it ran on, in words.</param>
internal sealed record CalibrationRun(Observation Observation, StoreKind Store, string Machine)
{
    /// <summary>Reads a run.</summary>
    /// <param name="location">Its folder.</param>
    /// <param name="cpuScale">What CPU shares were multiplied by; 1 on Lambda.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">There is no such run, or it says nothing about times.</exception>
    /// <exception cref="DatasetException">Its data set cannot be read.</exception>
    public static async Task<CalibrationRun> ReadAsync(string location, double cpuScale, CancellationToken cancellationToken)
    {
        string folder = location.TrimEnd('/');
        int slash = folder.LastIndexOf('/');
        using IObjectStore store = ObjectStores.Open(folder[..slash]);
        RunKeys keys = new(Uri.UnescapeDataString(folder[(slash + 1)..]));
        RunConfig config = await ReadAsync(store, keys.Config, TrainingJson.Default.RunConfig, cancellationToken);
        CoordinatorResult result = await ReadAsync(store, keys.Result, TrainingJson.Default.CoordinatorResult, cancellationToken);
        if (result is not { WallSeconds: { } seconds, Workers: { } workers, MemoryMegabytes: { } memory })
            throw Wrong($"{keys.Result} has no wallSeconds, workers or memoryMegabytes, expected the result of a run in a function");
        if (result.Segments is not 1) throw Wrong($"{keys.Result} is of {result.Segments} coordinators, expected a run that was not interrupted");
        using IObjectStore data = ObjectStores.Open(config.Dataset);
        DatasetManifest manifest = (await DatasetReader.OpenAsync(data, cancellationToken)).Manifest;
        Workload workload = new(manifest, config with { Epochs = result.Rounds ?? config.Epochs }, config.Execution.CheckpointEvery);
        EpochMetrics[] epochs = await ReadMetricsAsync(store, keys.Metrics, cancellationToken);
        IReadOnlyDictionary<Part, double> parts = MeasuredParts.Of(epochs, 1000 * seconds, StoreKind.Of(store.Location) == StoreKind.Directory);
        Observation observation = new(new Work(workload, workers), new Setting(workers, memory, cpuScale), 1000 * seconds, parts);
        return new CalibrationRun(observation, StoreKind.Of(store.Location), $"{result.Architecture}, {result.Kernel}");
    }

    private static async Task<EpochMetrics[]> ReadMetricsAsync(IObjectStore store, string key, CancellationToken cancellationToken)
    {
        byte[] content = await ReadAsync(store, key, cancellationToken);
        string[] lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => Parse(Encoding.UTF8.GetBytes(line), key, TrainingJson.Default.EpochMetrics))];
    }

    private static async Task<T> ReadAsync<T>(IObjectStore store, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => Parse(await ReadAsync(store, key, cancellationToken), key, type);

    private static async Task<byte[]> ReadAsync(IObjectStore store, string key, CancellationToken cancellationToken) =>
        await store.GetAsync(key, cancellationToken) ?? throw Wrong($"{store.Location} has no {key}, expected a run that is complete");

    private static T Parse<T>(byte[] content, string key, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw Wrong($"{key} is null, expected an object");
        }
        catch (JsonException problem)
        {
            throw new CliException($"{key}: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    private static CliException Wrong(string message) => new(message, ExitCode.WrongInput);
}
