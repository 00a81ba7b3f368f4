using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>
/// Draws the prior of one side given its rows: the conditional Normal-Wishart distribution of Bayesian matrix factorization
/// (Salakhutdinov and Mnih 2008, eq. 14) with µ₀ = 0, β₀ = 2 and ν₀ = the rows' length. W₀⁻¹ is
/// 0.3 times the unit matrix in units of the ratings' standard deviation σ: factors come in √σ, biases in σ.
/// </summary>
internal static class NormalWishart
{
    private const double MeanWeight = 2;
    private const double Scatter = 0.3;

    /// <summary>One draw.</summary>
    /// <param name="factors">Rows × factors.</param>
    /// <param name="biases">One per row; with the factors it makes the vectors that the prior is over.</param>
    /// <param name="ratingDeviation">σ.</param>
    /// <param name="random">The stream of this draw.</param>
    public static GaussianPrior Draw(ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, double ratingDeviation, KeyedRandom random)
    {
        int rows = biases.Length;
        int order = (factors.Length / Math.Max(rows, 1)) + 1;
        double[] mean = new double[order];
        double[] scatter = new double[LowerTriangle.Length(order)];
        Moments(factors, biases, mean, scatter);

        // W*⁻¹ = W₀⁻¹ + N S + β₀ N / (β₀ + N) (µ₀ − x̄)(µ₀ − x̄)ᵀ = C Cᵀ.
        double shrink = MeanWeight * rows / (MeanWeight + rows);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++) scatter[LowerTriangle.At(i, j)] += shrink * mean[i] * mean[j];
            scatter[LowerTriangle.At(i, i)] += Scatter * (i < order - 1 ? ratingDeviation : ratingDeviation * ratingDeviation);
        }

        LowerTriangle.Factor(scatter, order);
        double[] bartlett = Bartlett(order, order + rows, ref random);
        float[] precision = Precision(scatter, bartlett, order);

        // With B = C⁻ᵀ A and Λ = B Bᵀ: C A⁻ᵀ z has the covariance Λ⁻¹.
        double[] deviation = new double[order];
        for (int i = 0; i < order; i++) deviation[i] = random.NextNormal();
        LowerTriangle.SolveTransposed(bartlett, order, deviation);
        LowerTriangle.Multiply(scatter, order, deviation);
        float[] drawn = new float[order];
        for (int i = 0; i < order; i++)
            drawn[i] = (float)((rows * mean[i] / (MeanWeight + rows)) + (deviation[i] / Math.Sqrt(MeanWeight + rows)));
        return new GaussianPrior(drawn, precision);
    }

    private static void Moments(ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, double[] mean, double[] scatter)
    {
        int order = mean.Length;
        double[] row = new double[order];
        for (int r = 0; r < biases.Length; r++)
        {
            Load(factors, biases, r, row);
            for (int i = 0; i < order; i++) mean[i] += row[i];
        }

        for (int i = 0; i < order; i++) mean[i] /= Math.Max(biases.Length, 1);
        for (int r = 0; r < biases.Length; r++)
        {
            Load(factors, biases, r, row);
            for (int i = 0; i < order; i++) row[i] -= mean[i];
            for (int i = 0, at = 0; i < order; i++)
            {
                for (int j = 0; j <= i; j++) scatter[at++] += row[i] * row[j];
            }
        }
    }

    private static void Load(ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, int r, double[] row)
    {
        int length = row.Length - 1;
        for (int i = 0; i < length; i++) row[i] = factors[(r * length) + i];
        row[length] = biases[r];
    }

    /// <summary>The lower triangle A of Bartlett's decomposition: A Aᵀ has the Wishart distribution of scale 1.</summary>
    private static double[] Bartlett(int order, int degrees, ref KeyedRandom random)
    {
        double[] triangle = new double[LowerTriangle.Length(order)];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++) triangle[LowerTriangle.At(i, j)] = random.NextNormal();
            triangle[LowerTriangle.At(i, i)] = Math.Sqrt(2 * random.NextGamma(Math.Max((degrees - i) / 2.0, 1)));
        }

        return triangle;
    }

    /// <summary>Λ = B Bᵀ with B = C⁻ᵀ A.</summary>
    private static float[] Precision(double[] factor, double[] bartlett, int order)
    {
        double[][] columns = new double[order][];
        for (int j = 0; j < order; j++)
        {
            double[] column = columns[j] = new double[order];
            for (int i = j; i < order; i++) column[i] = bartlett[LowerTriangle.At(i, j)];
            LowerTriangle.SolveTransposed(factor, order, column);
        }

        float[] precision = new float[LowerTriangle.Length(order)];
        for (int i = 0, at = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                foreach (double[] column in columns) sum += column[i] * column[j];
                precision[at++] = (float)sum;
            }
        }

        return precision;
    }
}
