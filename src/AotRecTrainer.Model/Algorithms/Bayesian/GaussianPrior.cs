namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>
/// A normal distribution over a row (factors, then bias) whose mean depends on how many ratings the row has: µ + z β with
/// z = (ln(1 + n) − <paramref name="LogMean"/>) / <paramref name="LogDeviation"/>. In single precision: as it crosses to workers, to
/// the bit.
/// </summary>
/// <param name="Mean">µ, factors + 1 values.</param>
/// <param name="Slope">β, factors + 1 values.</param>
/// <param name="Precision">Λ, the inverse of the covariance: packed lower triangle.</param>
/// <param name="LogMean">Mean of ln(1 + n) over the side's rows.</param>
/// <param name="LogDeviation">Its standard deviation, above 0.</param>
public sealed record GaussianPrior(float[] Mean, float[] Slope, float[] Precision, float LogMean, float LogDeviation)
{
    /// <summary>z of a row with so many ratings.</summary>
    public float Activity(int count) => (MathF.Log(1f + count) - LogMean) / LogDeviation;

    /// <summary>Λ x, in a fixed order of additions.</summary>
    public float[] PrecisionTimes(float[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        float[] product = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < x.Length; j++) sum += (double)Precision[Packed(Math.Max(i, j), Math.Min(i, j))] * x[j];
            product[i] = (float)sum;
        }

        return product;
    }

    /// <summary>Where element (row, column), column ≤ row, stands in a packed lower triangle.</summary>
    public static int Packed(int row, int column) => (row * (row + 1) / 2) + column;
}
