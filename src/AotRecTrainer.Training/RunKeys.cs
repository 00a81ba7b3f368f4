namespace AotRecTrainer.Training;

/// <summary>Keys of what a run stores, relative to the output location; what its rounds store meanwhile is in <see cref="RoundKeys"/>.</summary>
/// <param name="run">Name of the run.</param>
public readonly struct RunKeys(string run)
{
    private readonly string _run = run;

    /// <summary>The settings; created only once, so a name cannot be used twice.</summary>
    public string Config => $"{_run}/config.json";

    /// <summary>Where the run stands.</summary>
    public string Status => $"{_run}/status.json";

    /// <summary>Errors per epoch, a line each.</summary>
    public string Metrics => $"{_run}/metrics.jsonl";

    /// <summary>The model's folder.</summary>
    public string Model => $"{_run}/model";

    /// <summary>The folder of a checkpoint.</summary>
    public string Checkpoint(int epoch) => $"{_run}/checkpoints/{epoch:D5}";
}
