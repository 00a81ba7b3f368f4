using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Rows short enough that the user's factors and gradient stay in registers; four ratings at a time.</summary>
/// <remarks>Inside the loop the error is prediction − rating, the negative of the residual: gradients then only add.</remarks>
internal sealed unsafe class RowGradientWorkspace<TRow, TBias>(int items, int factors)
    : PaddedGradientWorkspace(items, factors, TRow.Width)
    where TRow : unmanaged, IFactorRow<TRow>
    where TBias : struct, IBiasPlace
{
    private protected override double AccumulateCore(in UserBlock block)
    {
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            LoadUser(block.Factors + ((long)u * Factors));
            squaredError += AccumulateUser(
                UserRow,
                UserGradient,
                block.Items,
                block.Ratings,
                block.Offsets[u],
                block.Offsets[u + 1],
                GlobalMean + block.Biases[u],
                ItemRows,
                ItemGradient,
                ItemBiases,
                ItemBiasGradient,
                block.BiasGradient + u);
            SaveUserGradient(block.FactorGradient + ((long)u * Factors));
        }

        return squaredError;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double AccumulateUser(
        float* userRow,
        float* userGradient,
        int* items,
        float* ratings,
        int from,
        int to,
        float mean,
        float* itemRows,
        float* itemGradient,
        float* itemBiases,
        float* itemBiasGradient,
        float* userBiasGradient)
    {
        TRow p = TRow.Load(userRow);
        TRow pGradient = default;
        Vector128<float> errorSums = Vector128<float>.Zero;
        Vector128<float> squareSums = Vector128<float>.Zero;
        int j = from;
        for (; j <= to - 4; j += 4)
        {
            nint i0 = items[j];
            nint i1 = items[j + 1];
            nint i2 = items[j + 2];
            nint i3 = items[j + 3];
            float* q0 = itemRows + (i0 * TRow.Width);
            float* q1 = itemRows + (i1 * TRow.Width);
            float* q2 = itemRows + (i2 * TRow.Width);
            float* q3 = itemRows + (i3 * TRow.Width);
            Vector128<float> known = Vector128.Create(mean) - Vector128.Load(ratings + j);
            if (!TBias.InRow)
            {
                known += Vector128.Create(itemBiases[i0], itemBiases[i1], itemBiases[i2], itemBiases[i3]);
            }

            Vector128<float> errors = TRow.DotFour(p, q0, q1, q2, q3) + known;
            errorSums += errors;
            squareSums = Vector128.FusedMultiplyAdd(errors, errors, squareSums);

            // One rating after the other: two of the four may be of the same item.
            pGradient = TRow.AddRating(errors.ToScalar(), p, pGradient, q0, itemGradient + (i0 * TRow.Width));
            pGradient = TRow.AddRating(errors.GetElement(1), p, pGradient, q1, itemGradient + (i1 * TRow.Width));
            pGradient = TRow.AddRating(errors.GetElement(2), p, pGradient, q2, itemGradient + (i2 * TRow.Width));
            pGradient = TRow.AddRating(errors.GetElement(3), p, pGradient, q3, itemGradient + (i3 * TRow.Width));
            if (!TBias.InRow)
            {
                itemBiasGradient[i0] += errors.ToScalar();
                itemBiasGradient[i1] += errors.GetElement(1);
                itemBiasGradient[i2] += errors.GetElement(2);
                itemBiasGradient[i3] += errors.GetElement(3);
            }
        }

        float errorSum = Lanes.Sum(errorSums);
        double squareSum = Lanes.Sum(squareSums);
        for (; j < to; j++)
        {
            nint item = items[j];
            float* q = itemRows + (item * TRow.Width);
            float known = mean - ratings[j];
            if (!TBias.InRow)
            {
                known += itemBiases[item];
            }

            float error = TRow.Dot(p, q) + known;
            pGradient = TRow.AddRating(error, p, pGradient, q, itemGradient + (item * TRow.Width));
            if (!TBias.InRow)
            {
                itemBiasGradient[item] += error;
            }

            errorSum += error;
            squareSum += (double)error * error;
        }

        TRow.Store(userGradient, pGradient);
        *userBiasGradient = errorSum;
        return squareSum;
    }
}
