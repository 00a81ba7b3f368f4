namespace AotRecTrainer.Training.Options;

/// <summary>What an event's missing fields mean.</summary>
public static class TrainingDefaults
{
    /// <summary>Workers of a run.</summary>
    public const int Workers = 3;

    /// <summary>Factors of a model.</summary>
    public const int Factors = 10;

    /// <summary>Step size of momentum and Nesterov, in tenths of one over a row's curvature.</summary>
    public const double LearningRate = 0.1;

    /// <summary>Step size of Adam, in standard deviations of the ratings.</summary>
    public const double AdamLearningRate = 0.03;

    /// <summary>Seed.</summary>
    public const long Seed = 42;

    /// <summary>Epochs between checkpoints.</summary>
    public const int CheckpointEvery = 10;

    /// <summary>Attempts at the same shards of a round.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Epochs of an algorithm, enough to be within a percent of where it ends up.</summary>
    public static int Epochs(string algorithm) => algorithm switch
    {
        AlgorithmName.Als => 15,
        AlgorithmName.Bayesian => 100,
        _ => 50,
    };

    /// <summary>Momentum of batch gradient; less over mini-batches, between which items move on while users rest.</summary>
    public static double Momentum(int batchesPerEpoch) => batchesPerEpoch > 1 ? 0.7 : 0.9;

    /// <summary>Burn-in of a chain of so many rounds.</summary>
    public static int BurnIn(int epochs) => Math.Min(20, epochs / 5);
}
