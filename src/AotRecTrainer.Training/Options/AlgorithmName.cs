namespace AotRecTrainer.Training.Options;

/// <summary>The algorithms, as events name them.</summary>
public static class AlgorithmName
{
    /// <summary>Gradient descent over all ratings, or over mini-batches of users.</summary>
    public const string BatchGradient = "batch-gradient";

    /// <summary>Alternating least squares.</summary>
    public const string Als = "als";

    /// <summary>Bayesian matrix factorization by Gibbs sampling.</summary>
    public const string Bayesian = "bayesian";
}
