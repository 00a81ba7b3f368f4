namespace AotRecTrainer.Training.Messages;

/// <summary>Where a run stands; the content of <c>status.json</c>.</summary>
public sealed record RunStatus
{
    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>One of <see cref="RunState"/>: running, complete, failed or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>Epochs done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>Training error after <see cref="MeasuredEpoch"/> epochs.</summary>
    public double? TrainRmse { get; init; }

    /// <summary>Held-out error after <see cref="MeasuredEpoch"/> epochs.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Held-out mean absolute error after <see cref="MeasuredEpoch"/> epochs.</summary>
    public double? TestMae { get; init; }

    /// <summary>Epochs that the parameters had behind them when the errors were measured.</summary>
    public int MeasuredEpoch { get; init; }

    /// <summary>Seconds since the run began.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>What the run has cost so far on AWS, in US dollars; null in files of versions that did not say it.</summary>
    public double? CostUsd { get; init; }

    /// <summary>Why the run ended early, and how to go on; null otherwise.</summary>
    public string? Message { get; init; }
}
