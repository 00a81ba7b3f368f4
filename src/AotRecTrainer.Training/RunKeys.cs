namespace AotRecTrainer.Training;

/// <summary>Keys of what a run stores, relative to the output location; what its rounds store meanwhile is in <see cref="RoundKeys"/>.</summary>
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
}
