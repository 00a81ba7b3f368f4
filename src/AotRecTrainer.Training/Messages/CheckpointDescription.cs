namespace AotRecTrainer.Training.Messages;

/// <summary>
/// The content of <c>checkpoint.json</c>, written after the objects that it names: with them, all that the rest of a run depends on.
/// </summary>
public sealed record CheckpointDescription
{
    /// <summary>The run's settings.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Epochs done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Rounds done of the epoch under way; 0 between epochs.</summary>
    public required int Part { get; init; }

    /// <summary>Rounds done in the run.</summary>
    public required int Round { get; init; }

    /// <summary>Errors of the rounds done of the epoch under way.</summary>
    public required SavedErrors PartErrors { get; init; }

    /// <summary>The latest errors of a whole epoch.</summary>
    public required SavedErrors Errors { get; init; }

    /// <summary>Epochs behind the model that <see cref="Errors"/> belong to.</summary>
    public required int MeasuredEpoch { get; init; }

    /// <summary>Training error of the first epoch, which later ones are held against; null before it.</summary>
    public required double? FirstError { get; init; }

    /// <summary>The best model so far, where early stopping keeps one.</summary>
    public required SavedBest? Best { get; init; }

    /// <summary>SHA-256 of the parameters.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Key of the parameters.</summary>
    public required string Parameters { get; init; }

    /// <summary>Key of what the algorithm remembers beside them.</summary>
    public required string State { get; init; }

    /// <summary>Samples saved so far, relative to the model's folder.</summary>
    public required string[] Samples { get; init; }

    /// <summary>The lines of <c>metrics.jsonl</c> so far.</summary>
    public required EpochMetrics[] Metrics { get; init; }

    /// <summary>Time of every epoch so far.</summary>
    public required double[] EpochMilliseconds { get; init; }
}
