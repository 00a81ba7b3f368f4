namespace AotRecTrainer.Training.Options;

/// <summary>What an event's missing fields mean.</summary>
public static class TrainingDefaults
{
    /// <summary>Workers of a run.</summary>
    public const int Workers = 3;

    /// <summary>Epochs of a run.</summary>
    public const int Epochs = 50;

    /// <summary>Factors of a model.</summary>
    public const int Factors = 10;

    /// <summary>Step size of batch gradient; converges in 50 to 100 epochs on MovieLens.</summary>
    public const double LearningRate = 0.05;

    /// <summary>Momentum of batch gradient.</summary>
    public const double Momentum = 0.9;

    /// <summary>λ of batch gradient.</summary>
    public const double Regularization = 0.1;

    /// <summary>Seed.</summary>
    public const long Seed = 42;

    /// <summary>Epochs between checkpoints.</summary>
    public const int CheckpointEvery = 10;

    /// <summary>Standard deviation that factors start with.</summary>
    public const float InitialDeviation = 0.1f;
}
