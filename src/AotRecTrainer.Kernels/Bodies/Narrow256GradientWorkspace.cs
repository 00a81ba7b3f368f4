using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Two ratings per vector, two vectors per step.</summary>
internal sealed unsafe class Narrow256GradientWorkspace(int items, int factors) : NarrowGradientWorkspace(items, factors)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double AccumulateCore(in UserBlock block)
    {
        int width = Factors;
        int* ids = block.Items;
        float* ratings = block.Ratings;
        float* rows = ItemRows;
        float* gradient = ItemGradient;
        Vector256<int> spreadFirst = Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1);
        Vector256<int> spreadSecond = Vector256.Create(2, 2, 2, 2, 3, 3, 3, 3);
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            Vector128<float> p = LoadUser(block.Factors + ((long)u * width), width);
            Vector256<float> p2 = Vector256.Create(p, p);
            Vector256<float> pGradientA = Vector256<float>.Zero;
            Vector256<float> pGradientB = Vector256<float>.Zero;
            Vector256<float> errorSums = Vector256<float>.Zero;
            Vector256<float> squareSums = Vector256<float>.Zero;
            float mean = GlobalMean + block.Biases[u];
            int j = block.Offsets[u];
            int to = block.Offsets[u + 1];
            for (; j <= to - 4; j += 4)
            {
                nint i0 = (nint)ids[j] * RowWidth;
                nint i1 = (nint)ids[j + 1] * RowWidth;
                nint i2 = (nint)ids[j + 2] * RowWidth;
                nint i3 = (nint)ids[j + 3] * RowWidth;
                Vector256<float> qA = LoadPair(rows + i0, rows + i1);
                Vector256<float> qB = LoadPair(rows + i2, rows + i3);
                Vector256<float> known = (Vector128.Create(mean) - Vector128.Load(ratings + j)).ToVector256Unsafe();
                Vector256<float> errorA = Lanes.SumGroups(p2 * qA) + Avx2.PermuteVar8x32(known, spreadFirst);
                Vector256<float> errorB = Lanes.SumGroups(p2 * qB) + Avx2.PermuteVar8x32(known, spreadSecond);
                pGradientA = Vector256.FusedMultiplyAdd(errorA, qA, pGradientA);
                pGradientB = Vector256.FusedMultiplyAdd(errorB, qB, pGradientB);
                errorSums += errorA + errorB;
                squareSums = Vector256.FusedMultiplyAdd(errorA, errorA, squareSums);
                squareSums = Vector256.FusedMultiplyAdd(errorB, errorB, squareSums);

                // One rating after the other: two of the four may be of the same item.
                Vector256<float> addA = errorA * p2;
                Vector256<float> addB = errorB * p2;
                AddTo(gradient + i0, addA.GetLower());
                AddTo(gradient + i1, addA.GetUpper());
                AddTo(gradient + i2, addB.GetLower());
                AddTo(gradient + i3, addB.GetUpper());
            }

            Vector128<float> pGradient = Lanes.Fold(pGradientA + pGradientB);
            Vector128<float> errorSum = Lanes.Fold(errorSums);
            Vector128<float> squareSum = Lanes.Fold(squareSums);
            for (; j < to; j++)
            {
                nint i = (nint)ids[j] * RowWidth;
                Vector128<float> error = AddRating(p, mean - ratings[j], rows + i, gradient + i, ref pGradient);
                errorSum += error;
                squareSum = Vector128.FusedMultiplyAdd(error, error, squareSum);
            }

            SaveUserGradient(pGradient, block.FactorGradient + ((long)u * width), width);
            block.BiasGradient[u] = errorSum.ToScalar();
            squaredError += squareSum.ToScalar();
        }

        return squaredError;
    }
}
