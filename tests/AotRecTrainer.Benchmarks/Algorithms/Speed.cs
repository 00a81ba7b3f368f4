namespace AotRecTrainer.Benchmarks.Algorithms;

/// <summary>How fast one algorithm is on ratings like MovieLens-1M's, over several runs.</summary>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Runs">The runs.</param>
internal sealed record Speed(string Algorithm, Programs.TrainingOutcome[] Runs)
{
    /// <summary>The median over runs.</summary>
    public double Median(Func<Programs.TrainingOutcome, double> figure)
    {
        double[] sorted = [.. Runs.Select(figure).Order()];
        return sorted[sorted.Length / 2];
    }
}
