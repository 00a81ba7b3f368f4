namespace AotRecTrainer.Benchmarks.Algorithms;

/// <summary>The held-out errors of one algorithm on one data set, a split each.</summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Rounds">Rounds trained.</param>
/// <param name="Errors">Held-out RMSE of every split.</param>
/// <param name="Floor">The error of the planted model itself; null for real ratings.</param>
internal sealed record Accuracy(string Dataset, string Algorithm, int Rounds, double[] Errors, double? Floor)
{
    public double Mean => Errors.Average();
}
