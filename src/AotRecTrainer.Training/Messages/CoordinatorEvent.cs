namespace AotRecTrainer.Training.Messages;

/// <summary>
/// What a caller asks of the coordinator, word for word. A value that is not given is the preset's, and without a preset the
/// default; <see cref="Options.TrainingPlan"/> says which.
/// </summary>
public sealed record CoordinatorEvent
{
    /// <summary>Always <c>coordinator</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Name of the run, unique below <see cref="Output"/>; made from the time of day when not given.</summary>
    public string? Run { get; init; }

    /// <summary>Location of the data set, as <c>data-prep shard</c> wrote it.</summary>
    public string? Dataset { get; init; }

    /// <summary>Location below which the run's folder is made.</summary>
    public string? Output { get; init; }

    /// <summary>Number of workers; 0 trains in the coordinator's own process.</summary>
    public int? Workers { get; init; }

    /// <summary>Number of epochs: rounds over all shards, each with one step of the model.</summary>
    public int? Epochs { get; init; }

    /// <summary>Length of the factor vectors.</summary>
    public int? Factors { get; init; }

    /// <summary><c>batch-gradient</c>, <c>als</c> or <c>bayesian</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary><c>momentum</c>, <c>nesterov</c> or <c>adam</c>; for batch gradient.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Step size.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Share of the last step that is kept.</summary>
    public double? Momentum { get; init; }

    /// <summary>How the step size goes over the epochs: <c>constant</c> or <c>cosine</c>.</summary>
    public string? LearningRateSchedule { get; init; }

    /// <summary>Epochs in which the step size rises to its full value.</summary>
    public int? WarmupEpochs { get; init; }

    /// <summary>Mini-batches of users that an epoch of batch gradient is cut into.</summary>
    public int? BatchesPerEpoch { get; init; }

    /// <summary>Rounds of <c>bayesian</c> that are not averaged.</summary>
    public int? BurnIn { get; init; }

    /// <summary>λ of the L2 penalty per rating; chosen from the data when not given.</summary>
    public double? Regularization { get; init; }

    /// <summary>Seed of everything random.</summary>
    public long? Seed { get; init; }

    /// <summary><c>paper</c>, or null.</summary>
    public string? Preset { get; init; }

    /// <summary><c>await</c> or <c>poll</c>.</summary>
    public string? Exchange { get; init; }

    /// <summary>Epochs between checkpoints; 0 writes none.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>Epochs without a better held-out error after which training stops with the best parameters; 0 never does.</summary>
    public int? Patience { get; init; }

    /// <summary>Location of a saved model to start from; users and items are matched by their original ids.</summary>
    public string? InitialModel { get; init; }

    /// <summary>Most attempts at the same shards of a round.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>True goes on with the run of this name, which then takes everything but <see cref="Output"/> from its own records.</summary>
    public bool? Resume { get; init; }

    /// <summary>Function that workers are invoked as; null is the coordinator's own.</summary>
    public string? WorkerFunction { get; init; }
}
