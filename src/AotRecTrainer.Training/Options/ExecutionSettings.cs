namespace AotRecTrainer.Training.Options;

/// <summary>How a run is computed; stored in <c>config.json</c>, so that whoever goes on with it does it the same way. Decides no bits.</summary>
public sealed record ExecutionSettings
{
    /// <summary>Number of workers; 0 trains in the coordinator's process.</summary>
    public required int Workers { get; init; }

    /// <summary><c>await</c> or <c>poll</c>.</summary>
    public required string Exchange { get; init; }

    /// <summary>Epochs between checkpoints; 0 writes none while all goes well.</summary>
    public required int CheckpointEvery { get; init; }

    /// <summary>Most attempts at the same shards of a round.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>Function that workers are invoked as; null is the coordinator's own.</summary>
    public required string? WorkerFunction { get; init; }
}
