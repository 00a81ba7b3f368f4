namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>What the prior of a side needs to know of its rows x (factors, then bias) and their activities z.</summary>
/// <param name="Sums">Σ x.</param>
/// <param name="ActivitySums">Σ z x.</param>
/// <param name="ActivitySquares">Σ z².</param>
/// <param name="Products">Σ x x', packed lower triangle.</param>
internal sealed record RowMoments(double[] Sums, double[] ActivitySums, double ActivitySquares, double[] Products)
{
    public static RowMoments Of(ReadOnlySpan<float> factors, ReadOnlySpan<float> biases, ReadOnlySpan<int> counts, GaussianPrior activities)
    {
        int order = activities.Mean.Length;
        double[] row = new double[order], sums = new double[order], activitySums = new double[order];
        double[] products = new double[LowerTriangle.Length(order)];
        double squares = 0;
        for (int r = 0; r < biases.Length; r++)
        {
            for (int i = 0; i < order - 1; i++) row[i] = factors[(r * (order - 1)) + i];
            row[order - 1] = biases[r];
            double activity = activities.Activity(counts[r]);
            squares += activity * activity;
            for (int i = 0, at = 0; i < order; i++)
            {
                sums[i] += row[i];
                activitySums[i] += activity * row[i];
                for (int j = 0; j <= i; j++) products[at++] += row[i] * row[j];
            }
        }

        return new RowMoments(sums, activitySums, squares, products);
    }
}
