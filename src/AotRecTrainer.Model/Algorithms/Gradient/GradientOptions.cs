using AotRecTrainer.Model.Algorithms.Equations;

namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>Settings of batch gradient.</summary>
public sealed record GradientOptions
{
    /// <summary>How parameters are moved.</summary>
    public required IUpdateRule Rule { get; init; }

    /// <summary>What a row's gradient is multiplied by.</summary>
    public required GradientScale Scale { get; init; }

    /// <summary>η, above 0.</summary>
    public required float LearningRate { get; init; }

    /// <summary>How η goes over the epochs.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Regularization of every row: the penalty is half of its weight times the row's squares.</summary>
    public required RidgeWeights Weights { get; init; }

    /// <summary>σ, the standard deviation of the training ratings, above 0.</summary>
    public required float RatingDeviation { get; init; }

    /// <summary>Mini-batches that an epoch is cut into, at least 1.</summary>
    public required int BatchesPerEpoch { get; init; }

    /// <summary>Seed of the deal of users to mini-batches.</summary>
    public required long Seed { get; init; }
}
