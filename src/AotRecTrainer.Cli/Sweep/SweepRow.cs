namespace AotRecTrainer.Cli.Sweep;

/// <summary>What one configuration came to.</summary>
public sealed record SweepRow
{
    /// <summary>The configuration in one word.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Data { get; init; }

    /// <summary>Algorithm, or the preset <c>paper</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Workers; 0 is the coordinator alone.</summary>
    public required int Workers { get; init; }

    /// <summary>Memory of every function in MB.</summary>
    public required int Memory { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>1, or 2 for the second run of the same environments.</summary>
    public required int Pass { get; init; }

    /// <summary>What CPU shares were multiplied by.</summary>
    public required double CpuScale { get; init; }

    /// <summary>Why there are no figures; null when there are.</summary>
    public string? Failure { get; init; }

    /// <summary>Seconds from the event to the saved model, as the coordinator measured them.</summary>
    public double Seconds { get; init; }

    /// <summary>Milliseconds of every epoch.</summary>
    public double[] EpochMilliseconds { get; init; } = [];

    /// <summary>Most memory that a worker used, in MB; 0 without workers.</summary>
    public int WorkerMegabytes { get; init; }

    /// <summary>Most memory that the coordinator used, in MB.</summary>
    public int CoordinatorMegabytes { get; init; }

    /// <summary>Environments that were started.</summary>
    public int ColdStarts { get; init; }

    /// <summary>Memory times billed time.</summary>
    public double GbSeconds { get; init; }

    /// <summary>Requests to the store and invocations.</summary>
    public long Requests { get; init; }

    /// <summary>Price on AWS, in US dollars.</summary>
    public double CostUsd { get; init; }

    /// <summary>Held-out error; null when nothing is held out.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Digest of the model.</summary>
    public string? ParametersSha256 { get; init; }
}
