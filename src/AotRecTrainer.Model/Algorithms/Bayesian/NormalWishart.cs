using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>
/// Draws the prior of one side given its rows. Bayesian matrix factorization (Salakhutdinov and Mnih 2008, eq. 14) has a
/// Normal-Wishart distribution here; as in Simm et al. (2017) its mean is a regression, on how active a row is: people and films
/// with many ratings are of another kind than those with few, which holds the error down where ratings are rare.
/// </summary>
/// <remarks>
/// Rows are X = Z B + noise with z = (1, activity), B ~ MN(0, 1/β₀, Λ⁻¹), Λ ~ W(W₀, ν₀); β₀ = 2, ν₀ = the rows' length, and W₀⁻¹ is 0.3
/// times the unit matrix in units of the ratings' standard deviation σ: factors come in √σ, biases in σ.
/// </remarks>
internal static class NormalWishart
{
    private const double MeanWeight = 2;
    private const double Scatter = 0.3;

    /// <summary>One draw.</summary>
    /// <param name="factors">Rows × factors.</param>
    /// <param name="biases">One per row; with the factors it makes the vectors that the prior is over.</param>
    /// <param name="counts">Ratings of every row.</param>
    /// <param name="ratingDeviation">σ.</param>
    /// <param name="random">The stream of this draw.</param>
    public static GaussianPrior Draw(
        ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, ReadOnlySpan<int> counts, double ratingDeviation, KeyedRandom random)
    {
        int order = (factors.Length / Math.Max(biases.Length, 1)) + 1;
        GaussianPrior unknown = Unknown(order, counts);
        RowMoments moments = RowMoments.Of(factors, biases, counts, unknown);

        // M = (Z'Z + β₀)⁻¹ Z'X; W*⁻¹ = W₀⁻¹ + X'X − M' Z'X = C C'. The columns of Z are centred, so Z'Z is diagonal.
        double meanWeight = MeanWeight + biases.Length, slopeWeight = MeanWeight + moments.ActivitySquares;
        double[] scatter = moments.Products;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                scatter[LowerTriangle.At(i, j)] -= (moments.Sums[i] * moments.Sums[j] / meanWeight)
                    + (moments.ActivitySums[i] * moments.ActivitySums[j] / slopeWeight);
            }

            scatter[LowerTriangle.At(i, i)] += Scatter * (i < order - 1 ? ratingDeviation : ratingDeviation * ratingDeviation);
        }

        LowerTriangle.Factor(scatter, order);
        double[] bartlett = Bartlett(order, order + biases.Length, ref random);
        return unknown with
        {
            Mean = DrawRow(moments.Sums, meanWeight, scatter, bartlett, ref random),
            Slope = DrawRow(moments.ActivitySums, slopeWeight, scatter, bartlett, ref random),
            Precision = Precision(scatter, bartlett, order),
        };
    }

    /// <summary>A prior of which only the activities' scale is known.</summary>
    private static GaussianPrior Unknown(int order, ReadOnlySpan<int> counts)
    {
        double sum = 0, squares = 0;
        foreach (int count in counts) sum += Math.Log(1.0 + count);
        double mean = sum / Math.Max(counts.Length, 1);
        foreach (int count in counts) squares += Math.Pow(Math.Log(1.0 + count) - mean, 2);
        double deviation = Math.Sqrt(squares / Math.Max(counts.Length, 1));
        return new GaussianPrior(new float[order], new float[order], [], (float)mean, deviation > 0 ? (float)deviation : 1);
    }

    /// <summary>sums / weight plus a draw of covariance Λ⁻¹ / weight: with B = C⁻ᵀ A and Λ = B B', C A⁻ᵀ z has the covariance Λ⁻¹.</summary>
    private static float[] DrawRow(double[] sums, double weight, double[] factor, double[] bartlett, ref KeyedRandom random)
    {
        double[] deviation = new double[sums.Length];
        for (int i = 0; i < deviation.Length; i++) deviation[i] = random.NextNormal();
        LowerTriangle.SolveTransposed(bartlett, deviation.Length, deviation);
        LowerTriangle.Multiply(factor, deviation.Length, deviation);
        float[] drawn = new float[sums.Length];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = (float)((sums[i] / weight) + (deviation[i] / Math.Sqrt(weight)));
        return drawn;
    }

    /// <summary>The lower triangle A of Bartlett's decomposition: A A' has the Wishart distribution of scale 1.</summary>
    private static double[] Bartlett(int order, int degrees, ref KeyedRandom random)
    {
        double[] triangle = new double[LowerTriangle.Length(order)];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++) triangle[LowerTriangle.At(i, j)] = random.NextNormal();
            triangle[LowerTriangle.At(i, i)] = Math.Sqrt(2 * random.NextGamma((degrees - i) / 2.0));
        }

        return triangle;
    }

    /// <summary>Λ = B B' with B = C⁻ᵀ A.</summary>
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
