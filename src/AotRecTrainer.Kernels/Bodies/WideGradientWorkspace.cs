using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>
/// Rows too long for registers: the errors of a few ratings first, then, for a block of columns after the other, what they add.
/// </summary>
/// <remarks>Inside the loop the error is prediction − rating, the negative of the residual: gradients then only add.</remarks>
/// <typeparam name="THalf">Half a block of columns; rows are whole numbers of these.</typeparam>
/// <typeparam name="TBlock">A block of columns, whose user factors and gradient stay in registers.</typeparam>
/// <typeparam name="TBias">Where item biases live.</typeparam>
internal sealed unsafe class WideGradientWorkspace<THalf, TBlock, TBias>(int items, int factors)
    : PaddedGradientWorkspace(items, factors, (factors + THalf.Width - 1) / THalf.Width * THalf.Width)
    where THalf : unmanaged, IFactorRow<THalf>
    where TBlock : unmanaged, IFactorRow<TBlock>
    where TBias : struct, IBiasPlace
{
    // Enough to spread the cost of loading and storing a block of the user's gradient; few enough that the rows stay in the cache.
    private const int StepRatings = 16;

    private protected override double AccumulateCore(in UserBlock block)
    {
        float* errors = stackalloc float[StepRatings];
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            LoadUser(block.Factors + ((long)u * Factors));
            new Span<float>(UserGradient, Stride).Clear();
            float mean = GlobalMean + block.Biases[u];
            float biasGradient = 0;
            int to = block.Offsets[u + 1];
            for (int j = block.Offsets[u]; j < to; j += StepRatings)
            {
                int count = Math.Min(StepRatings, to - j);
                int* ids = block.Items + j;
                Predict(ids, count, UserRow, ItemRows, Stride, errors);
                for (int n = 0; n < count; n++)
                {
                    float error = errors[n] + (mean - block.Ratings[j + n]);
                    if (!TBias.InRow)
                    {
                        error += ItemBiases[ids[n]];
                        ItemBiasGradient[ids[n]] += error;
                    }

                    errors[n] = error;
                    biasGradient += error;
                    squaredError += (double)error * error;
                }

                nint column = 0;
                for (; column <= Stride - TBlock.Width; column += TBlock.Width)
                {
                    AddColumns<TBlock>(ids, count, errors, UserRow, UserGradient, ItemRows, ItemGradient, Stride, column);
                }

                if (column < Stride)
                {
                    AddColumns<THalf>(ids, count, errors, UserRow, UserGradient, ItemRows, ItemGradient, Stride, column);
                }
            }

            block.BiasGradient[u] = biasGradient;
            SaveUserGradient(block.FactorGradient + ((long)u * Factors));
        }

        return squaredError;
    }

    /// <summary>Dot products of the user with each item, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Predict(int* items, int count, float* p, float* itemRows, nint stride, float* dots)
    {
        int n = 0;
        for (; n <= count - 4; n += 4)
        {
            float* q0 = itemRows + (items[n] * stride);
            float* q1 = itemRows + (items[n + 1] * stride);
            float* q2 = itemRows + (items[n + 2] * stride);
            float* q3 = itemRows + (items[n + 3] * stride);
            THalf sum0 = default;
            THalf sum1 = default;
            THalf sum2 = default;
            THalf sum3 = default;
            for (nint f = 0; f < stride; f += THalf.Width)
            {
                THalf part = THalf.Load(p + f);
                sum0 = THalf.MultiplyAdd(part, q0 + f, sum0);
                sum1 = THalf.MultiplyAdd(part, q1 + f, sum1);
                sum2 = THalf.MultiplyAdd(part, q2 + f, sum2);
                sum3 = THalf.MultiplyAdd(part, q3 + f, sum3);
            }

            THalf.SumEach(sum0, sum1, sum2, sum3).Store(dots + n);
        }

        for (; n < count; n++)
        {
            float* q = itemRows + (items[n] * stride);
            THalf sum = default;
            for (nint f = 0; f < stride; f += THalf.Width)
            {
                sum = THalf.MultiplyAdd(THalf.Load(p + f), q + f, sum);
            }

            dots[n] = THalf.Sum(sum);
        }
    }

    /// <summary>Both gradients, on the columns from <paramref name="column"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns<TColumns>(
        int* items,
        int count,
        float* errors,
        float* userRow,
        float* userGradient,
        float* itemRows,
        float* itemGradient,
        nint stride,
        nint column)
        where TColumns : unmanaged, IFactorRow<TColumns>
    {
        TColumns p = TColumns.Load(userRow + column);
        TColumns pGradient = TColumns.Load(userGradient + column);
        for (int n = 0; n < count; n++)
        {
            nint at = (items[n] * stride) + column;
            pGradient = TColumns.AddRating(errors[n], p, pGradient, itemRows + at, itemGradient + at);
        }

        TColumns.Store(userGradient + column, pGradient);
    }
}
