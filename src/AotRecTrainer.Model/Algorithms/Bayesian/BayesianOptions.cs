namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>Settings of Gibbs sampling.</summary>
/// <param name="BurnIn">Rounds whose samples are thrown away, at least 0.</param>
/// <param name="NoisePrecision">α that the chain starts with, above 0.</param>
/// <param name="RatingDeviation">σ, the standard deviation of the training ratings, above 0.</param>
/// <param name="Seed">Seed of every draw.</param>
/// <param name="RatingLow">Least rating of the scale.</param>
/// <param name="RatingHigh">Greatest rating of the scale.</param>
/// <param name="Threads">Threads that the coordinator draws items with, at least 1; does not change a bit.</param>
public sealed record BayesianOptions(
    int BurnIn, float NoisePrecision, double RatingDeviation, long Seed, float RatingLow, float RatingHigh, int Threads);
