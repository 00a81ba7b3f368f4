using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels;

/// <summary>Errors of clipped predictions over held-out ratings.</summary>
public static class ErrorKernel
{
    /// <summary>Sums the errors of prediction = µ + b_u + b_i + p·q, held inside the rating scale.</summary>
    /// <param name="rows">Ratings of a block of users.</param>
    /// <param name="globalMean">µ of the prediction.</param>
    /// <param name="userFactors">Users of the block × factors, row after row.</param>
    /// <param name="userBiases">One per user of the block.</param>
    /// <param name="itemFactors">Items × factors, row after row.</param>
    /// <param name="itemBiases">One per item, at least as many as the rows were checked against.</param>
    /// <param name="factors">Length of a factor vector.</param>
    /// <param name="low">Lowest prediction; may be −∞.</param>
    /// <param name="high">Highest prediction; may be +∞.</param>
    /// <returns>The sums; NaN when a parameter that was used is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or low is not at most high.</exception>
    public static ErrorTotals Evaluate(
        in RatingRows rows,
        float globalMean,
        ReadOnlySpan<float> userFactors,
        ReadOnlySpan<float> userBiases,
        ReadOnlySpan<float> itemFactors,
        ReadOnlySpan<float> itemBiases,
        int factors,
        float low,
        float high)
    {
        KernelThrow.IfFactorsOutOfRange(factors);
        KernelThrow.IfLengthDiffers(userFactors.Length, (long)rows.Users * factors, nameof(userFactors));
        KernelThrow.IfLengthDiffers(userBiases.Length, rows.Users, nameof(userBiases));
        KernelThrow.IfLengthDiffers(itemFactors.Length, (long)itemBiases.Length * factors, nameof(itemFactors));
        if (rows.ItemCount > itemBiases.Length)
        {
            throw new ArgumentException($"rows of {rows.ItemCount} items, expected at most {itemBiases.Length}", nameof(rows));
        }

        if (!(low <= high))
        {
            throw new ArgumentException($"lowest prediction {low} is not at most the highest, {high}", nameof(low));
        }

        double squared = 0;
        double absolute = 0;
        for (int u = 0; u < rows.Users; u++)
        {
            ReadOnlySpan<float> p = userFactors.Slice(u * factors, factors);
            float mean = globalMean + userBiases[u];
            for (int j = rows.Offsets[u]; j < rows.Offsets[u + 1]; j++)
            {
                int item = rows.Items[j];
                float prediction = mean + itemBiases[item] + Dot(p, itemFactors.Slice(item * factors, factors));

                // Min and Max hand NaN on, where a comparison would hide it behind one end of the scale.
                double residual = rows.Ratings[j] - Math.Min(Math.Max(prediction, low), high);
                squared += residual * residual;
                absolute += Math.Abs(residual);
            }
        }

        return new ErrorTotals(squared, absolute, rows.Count);
    }

    internal static float Dot(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        int f = 0;
        for (; f <= p.Length - Vector256<float>.Count; f += Vector256<float>.Count)
        {
            sums = Vector256.FusedMultiplyAdd(Load(p, f), Load(q, f), sums);
        }

        float sum = Vector256.Sum(sums);
        for (; f < p.Length; f++)
        {
            sum += p[f] * q[f];
        }

        return sum;
    }

    private static Vector256<float> Load(ReadOnlySpan<float> values, int at) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
}
