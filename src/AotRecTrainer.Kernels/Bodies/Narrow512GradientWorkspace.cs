using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Four ratings per vector, two vectors per step.</summary>
internal sealed unsafe class Narrow512GradientWorkspace(int items, int factors) : NarrowGradientWorkspace(items, factors)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double AccumulateCore(in UserBlock block)
    {
        int width = Factors;
        int* ids = block.Items;
        float* ratings = block.Ratings;
        float* rows = ItemRows;
        float* gradient = ItemGradient;
        Vector512<int> spreadFirst = Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
        Vector512<int> spreadSecond = Vector512.Create(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7);
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            Vector128<float> p = LoadUser(block.Factors + ((long)u * width), width);
            Vector256<float> p2 = Vector256.Create(p, p);
            Vector512<float> p4 = Vector512.Create(p2, p2);
            Vector512<float> pGradientA = Vector512<float>.Zero;
            Vector512<float> pGradientB = Vector512<float>.Zero;
            Vector512<float> errorSumsA = Vector512<float>.Zero;
            Vector512<float> errorSumsB = Vector512<float>.Zero;
            Vector512<float> squareSumsA = Vector512<float>.Zero;
            Vector512<float> squareSumsB = Vector512<float>.Zero;
            float mean = GlobalMean + block.Biases[u];
            int j = block.Offsets[u];
            int to = block.Offsets[u + 1];
            for (; j <= to - 8; j += 8)
            {
                int* of = ids + j;
                Vector512<float> qA = LoadFour(rows, of);
                Vector512<float> qB = LoadFour(rows, of + 4);
                Vector512<float> known = (Vector256.Create(mean) - Vector256.Load(ratings + j)).ToVector512Unsafe();
                Vector512<float> errorA = Lanes.SumGroups(p4 * qA) + Avx512F.PermuteVar16x32(known, spreadFirst);
                Vector512<float> errorB = Lanes.SumGroups(p4 * qB) + Avx512F.PermuteVar16x32(known, spreadSecond);
                pGradientA = Vector512.FusedMultiplyAdd(errorA, qA, pGradientA);
                pGradientB = Vector512.FusedMultiplyAdd(errorB, qB, pGradientB);
                errorSumsA += errorA;
                errorSumsB += errorB;
                squareSumsA = Vector512.FusedMultiplyAdd(errorA, errorA, squareSumsA);
                squareSumsB = Vector512.FusedMultiplyAdd(errorB, errorB, squareSumsB);
                AddFour(gradient, of, errorA * p4);
                AddFour(gradient, of + 4, errorB * p4);
            }

            Vector128<float> pGradient = Lanes.Fold(pGradientA + pGradientB);
            Vector128<float> errorSum = Lanes.Fold(errorSumsA + errorSumsB);
            Vector128<float> squareSum = Lanes.Fold(squareSumsA + squareSumsB);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadFour(float* rows, int* items) =>
        Vector512.Create(
            LoadPair(rows + ((nint)items[0] * RowWidth), rows + ((nint)items[1] * RowWidth)),
            LoadPair(rows + ((nint)items[2] * RowWidth), rows + ((nint)items[3] * RowWidth)));

    /// <summary>One rating after the other: two of the four may be of the same item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFour(float* gradient, int* items, Vector512<float> addends)
    {
        AddTo(gradient + ((nint)items[0] * RowWidth), addends.GetLower().GetLower());
        AddTo(gradient + ((nint)items[1] * RowWidth), addends.GetLower().GetUpper());
        AddTo(gradient + ((nint)items[2] * RowWidth), addends.GetUpper().GetLower());
        AddTo(gradient + ((nint)items[3] * RowWidth), addends.GetUpper().GetUpper());
    }
}
