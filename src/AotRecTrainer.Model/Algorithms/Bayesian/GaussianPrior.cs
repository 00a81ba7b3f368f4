namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>A normal distribution over a row (factors, then bias), in single precision: as it crosses to workers, to the bit.</summary>
/// <param name="Mean">µ, factors + 1 values.</param>
/// <param name="Precision">Λ, the inverse of the covariance: packed lower triangle.</param>
public sealed record GaussianPrior(float[] Mean, float[] Precision)
{
    /// <summary>Λ µ, in a fixed order of additions.</summary>
    public float[] PrecisionTimesMean()
    {
        int length = Mean.Length;
        float[] product = new float[length];
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            for (int j = 0; j < length; j++) sum += (double)Precision[Packed(Math.Max(i, j), Math.Min(i, j))] * Mean[j];
            product[i] = (float)sum;
        }

        return product;
    }

    /// <summary>Where element (row, column), column ≤ row, stands in a packed lower triangle.</summary>
    public static int Packed(int row, int column) => (row * (row + 1) / 2) + column;
}
