using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AotRecTrainer.Simulation.Tests.Stores;
using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Oracles;

/// <summary>What is stored of a run at this moment, seen without any store in between.</summary>
internal sealed class RunView(World world, string output, string run)
{
    private readonly string _start = $"{output}/";

    public string LeaseKey => $"{run}/lease.json";

    public string CancelKey => $"{run}/cancel.json";

    public string MetricsKey => $"{run}/metrics.jsonl";

    public string StatusKey => $"{run}/status.json";

    public LeaseRecord? Lease => Read("lease.json", TrainingJson.Default.LeaseRecord);

    public RunStatus? Status => Read("status.json", TrainingJson.Default.RunStatus);

    public CoordinatorResult? Result => Read("result.json", TrainingJson.Default.CoordinatorResult);

    public ModelDescription? Model => Read("model/model.json", TrainingJson.Default.ModelDescription);

    public bool Exists => Get($"{run}/config.json") is not null;

    public EpochMetrics[] Metrics => Get($"{run}/metrics.jsonl") is { } content
        ? [.. Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, TrainingJson.Default.EpochMetrics)!)]
        : [];

    /// <summary>Everything that is stored of the run, and its versions.</summary>
    public Dictionary<string, StoredEntry> Entries => world.Objects.Entries
        .Where(entry => entry.Key.StartsWith($"{_start}{run}/", StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[_start.Length..], entry => entry.Value, StringComparer.Ordinal);

    /// <summary>An object by its key below the output location.</summary>
    public byte[]? Get(string key) => world.Objects.Get(_start + key);

    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class => Get($"{run}/{name}") is { } content ? JsonSerializer.Deserialize(content, type) : null;
}
