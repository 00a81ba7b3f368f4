using System.Text;
using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;

namespace AotRecTrainer.Cli.Report;

/// <summary>Everything that a run has left behind, as it is stored; whatever is missing is null.</summary>
internal static class RunFiles
{
    /// <summary>Reads a run's folder.</summary>
    /// <param name="location">Its location.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">There is no run.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<ReportedRun> ReadAsync(string location, CancellationToken cancellationToken)
    {
        string trimmed = location.TrimEnd('/');
        string name = Uri.UnescapeDataString(trimmed[(trimmed.LastIndexOf('/') + 1)..]);
        using IObjectStore store = ObjectStores.Open(trimmed[..^(trimmed.Length - trimmed.LastIndexOf('/'))]);
        RunKeys keys = new(name);
        JsonElement? config = await ReadJsonAsync(store, keys.Config, cancellationToken)
            ?? throw new CliException($"{location} has no config.json: not a run", ExitCode.WrongInput);
        return new ReportedRun
        {
            Name = name,
            Location = location,
            Config = config,
            Status = await ReadJsonAsync(store, keys.Status, cancellationToken),
            Result = await ReadJsonAsync(store, $"{name}/result.json", cancellationToken),
            Metrics = await ReadLinesAsync(store, keys.Metrics, cancellationToken),
            Dataset = await ReadDatasetAsync(config.Value, cancellationToken),
        };
    }

    private static async Task<JsonElement?> ReadJsonAsync(IObjectStore store, string key, CancellationToken cancellationToken) =>
        await store.GetAsync(key, cancellationToken) is { } content ? Parse(content, key) : null;

    private static async Task<JsonElement[]> ReadLinesAsync(IObjectStore store, string key, CancellationToken cancellationToken)
    {
        byte[] content = await store.GetAsync(key, cancellationToken) ?? [];
        string[] lines = Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => Parse(Encoding.UTF8.GetBytes(line), key))];
    }

    private static JsonElement Parse(byte[] content, string key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            throw new CliException($"{key}: {problem.Message}", ExitCode.WrongInput, problem);
        }
    }

    // A report is of the run; that the data set has gone since is no reason to have none.
    private static async Task<ReportedDataset?> ReadDatasetAsync(JsonElement config, CancellationToken cancellationToken)
    {
        if (!config.TryGetProperty("dataset", out JsonElement dataset) || dataset.GetString() is not { } location) return null;
        try
        {
            using IObjectStore store = ObjectStores.Open(location);
            DatasetManifest manifest = (await DatasetReader.OpenAsync(store, cancellationToken)).Manifest;
            return new ReportedDataset(
                manifest.Users, manifest.Items, manifest.TrainRatings, manifest.TestRatings, manifest.GlobalMean, manifest.RatingDeviation,
                manifest.Shards.Length);
        }
        catch (Exception problem) when (problem is DatasetException or StorageException or ArgumentException)
        {
            return null;
        }
    }
}
