namespace AotRecTrainer.Training.Options;

/// <summary>The settings that decide the bits of the model; stored in <c>config.json</c>. How it is computed is not among them.</summary>
public record TrainingSettings
{
    /// <summary>Location of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Name of the algorithm, one of <see cref="AlgorithmName"/>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Name of the optimizer of batch gradient.</summary>
    public required string Optimizer { get; init; }

    /// <summary>Number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Length of the factor vectors.</summary>
    public required int Factors { get; init; }

    /// <summary>Step size of batch gradient.</summary>
    public required float LearningRate { get; init; }

    /// <summary>How the step size goes over the epochs: <c>constant</c> or <c>cosine</c>.</summary>
    public required string LearningRateSchedule { get; init; }

    /// <summary>Epochs in which the step size rises to its full value.</summary>
    public required int WarmupEpochs { get; init; }

    /// <summary>Share of the last step that is kept.</summary>
    public required float Momentum { get; init; }

    /// <summary>λ per rating; null weighs every row by its number of ratings automatically.</summary>
    public required float? Regularization { get; init; }

    /// <summary>Mini-batches that an epoch of batch gradient is cut into.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Rounds of Gibbs sampling that are not averaged.</summary>
    public required int BurnIn { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required long Seed { get; init; }

    /// <summary>The preset, or null.</summary>
    public required string? Preset { get; init; }

    /// <summary>Epochs without a better held-out error before stopping; 0 never stops.</summary>
    public required int Patience { get; init; }

    /// <summary>How statistics are stored, one of <see cref="CompressionName"/>; they are rounded so without workers too.</summary>
    public string Compression { get; init; } = CompressionName.None;

    /// <summary>Location of a saved model to start from, or null.</summary>
    public required string? InitialModel { get; init; }

    /// <summary>The settings without what a derived record has beside them.</summary>
    public TrainingSettings ToPlain() => new(this);
}
