namespace AotRecTrainer.Kernels;

/// <summary>Predictions one by one, for averaging over many models.</summary>
public static class PredictionKernel
{
    /// <summary>Writes prediction = µ + b_u + b_i + p·q, unclipped, for every rating in row order.</summary>
    /// <param name="rows">Ratings of a block of users; their values are not read.</param>
    /// <param name="globalMean">µ of the prediction.</param>
    /// <param name="userFactors">Users of the block × factors, row after row.</param>
    /// <param name="userBiases">One per user of the block.</param>
    /// <param name="itemFactors">Items × factors, row after row.</param>
    /// <param name="itemBiases">One per item, at least as many as the rows were checked against.</param>
    /// <param name="factors">Length of a factor vector.</param>
    /// <param name="predictions">One per rating; NaN where a parameter that was used is NaN.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Predict(
        in RatingRows rows,
        float globalMean,
        ReadOnlySpan<float> userFactors,
        ReadOnlySpan<float> userBiases,
        ReadOnlySpan<float> itemFactors,
        ReadOnlySpan<float> itemBiases,
        int factors,
        Span<float> predictions)
    {
        KernelThrow.IfFactorsOutOfRange(factors);
        KernelThrow.IfLengthDiffers(userFactors.Length, (long)rows.Users * factors, nameof(userFactors));
        KernelThrow.IfLengthDiffers(userBiases.Length, rows.Users, nameof(userBiases));
        KernelThrow.IfLengthDiffers(itemFactors.Length, (long)itemBiases.Length * factors, nameof(itemFactors));
        KernelThrow.IfLengthDiffers(predictions.Length, rows.Count, nameof(predictions));
        if (rows.ItemCount > itemBiases.Length)
        {
            throw new ArgumentException($"rows of {rows.ItemCount} items, expected at most {itemBiases.Length}", nameof(rows));
        }

        int at = 0;
        for (int u = 0; u < rows.Users; u++)
        {
            ReadOnlySpan<float> p = userFactors.Slice(u * factors, factors);
            float mean = globalMean + userBiases[u];
            for (int j = rows.Offsets[u]; j < rows.Offsets[u + 1]; j++)
            {
                int item = rows.Items[j];
                predictions[at++] = mean + itemBiases[item] + ErrorKernel.Dot(p, itemFactors.Slice(item * factors, factors));
            }
        }
    }

    /// <summary>Adds mean + b_i + p·q_i, unclipped, to the score of every item: one user against all items.</summary>
    /// <param name="mean">µ + b_u.</param>
    /// <param name="userFactors">p, the user's factors.</param>
    /// <param name="itemFactors">Items × factors, row after row.</param>
    /// <param name="itemBiases">One per item.</param>
    /// <param name="scores">One per item, added to; NaN where a parameter that was used is NaN.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void AddScores(
        float mean, ReadOnlySpan<float> userFactors, ReadOnlySpan<float> itemFactors, ReadOnlySpan<float> itemBiases, Span<float> scores)
    {
        int factors = userFactors.Length;
        KernelThrow.IfFactorsOutOfRange(factors);
        KernelThrow.IfLengthDiffers(itemFactors.Length, (long)itemBiases.Length * factors, nameof(itemFactors));
        KernelThrow.IfLengthDiffers(scores.Length, itemBiases.Length, nameof(scores));
        for (int item = 0; item < scores.Length; item++)
        {
            scores[item] += mean + itemBiases[item] + ErrorKernel.Dot(userFactors, itemFactors.Slice(item * factors, factors));
        }
    }
}
