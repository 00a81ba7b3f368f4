namespace AotRecTrainer.Training;

/// <summary>Keys of everything that a run stores, relative to the output location. A key carries what it belongs to.</summary>
/// <param name="run">Name of the run.</param>
public readonly struct RunKeys(string run)
{
    private readonly string _run = run;

    /// <summary>The settings; created only once, so a name cannot be used twice.</summary>
    public string Config => $"{_run}/config.json";

    /// <summary>Which coordinator the run belongs to.</summary>
    public string Lease => $"{_run}/lease.json";

    /// <summary>There when somebody wants the run to stop.</summary>
    public string Cancel => $"{_run}/cancel.json";

    /// <summary>What a complete run came to.</summary>
    public string Result => $"{_run}/result.json";

    /// <summary>Where the run stands.</summary>
    public string Status => $"{_run}/status.json";

    /// <summary>Errors per epoch, a line each.</summary>
    public string Metrics => $"{_run}/metrics.jsonl";

    /// <summary>The model's folder.</summary>
    public string Model => $"{_run}/model";

    /// <summary>Parameters that a round begins with.</summary>
    public string Parameters(int round) => $"{_run}/rounds/{round:D5}/parameters.arrow";

    /// <summary>Everything that the workers of a round leave.</summary>
    public string StatisticsPrefix(int round) => $"{_run}/rounds/{round:D5}/statistics/";

    /// <summary>Statistics of a shard in a round; every attempt writes the same bits to the same key.</summary>
    public string Statistics(int round, int shard) => $"{StatisticsPrefix(round)}shard-{shard:D5}.arrow";

    /// <summary>Why a shard has no statistics, when nobody waits for the worker's answer.</summary>
    public string Failure(int round, int shard) => $"{StatisticsPrefix(round)}shard-{shard:D5}.failure.json";

    /// <summary>Reads the shard out of a key that <see cref="Statistics"/> or <see cref="Failure"/> made; -1 for any other key.</summary>
    public static int ShardOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        string name = key[(key.LastIndexOf('/') + 1)..];
        int end = name.IndexOf('.', StringComparison.Ordinal);
        return end > 6 && name.StartsWith("shard-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(6, end - 6), out int shard) ? shard : -1;
    }
}
