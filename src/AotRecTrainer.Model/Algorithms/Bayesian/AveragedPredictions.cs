using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>Predictions of the held-out ratings, averaged over the samples after burn-in, and their errors.</summary>
/// <param name="ratings">The held-out ratings, shard after shard.</param>
/// <param name="low">Least rating of the scale; averages are clipped, not samples.</param>
/// <param name="high">Greatest rating of the scale.</param>
internal sealed class AveragedPredictions(float[] ratings, float low, float high)
{
    public float[] Sums { get; } = new float[ratings.Length];

    public int Samples { get; set; }

    public void Add(ReadOnlySpan<float> predictions)
    {
        if (predictions.Length != ratings.Length)
            throw new ModelException($"{predictions.Length} predictions of held-out ratings, expected {ratings.Length}");
        Samples++;
        for (int i = 0; i < ratings.Length; i++) Sums[i] += predictions[i];
    }

    /// <summary>The sums with their held-out part replaced by the errors of the averages.</summary>
    public ErrorSums Measure(ErrorSums sample)
    {
        double squared = 0, absolute = 0;
        for (int i = 0; i < ratings.Length; i++)
        {
            double residual = ratings[i] - Math.Clamp(Sums[i] / Samples, low, high);
            squared += residual * residual;
            absolute += Math.Abs(residual);
        }

        return sample with { TestSquared = squared, TestAbsolute = absolute, TestRatings = ratings.Length };
    }
}
