using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Up to three factors: a row of four lanes with the bias in the last; several ratings share a wide vector.</summary>
/// <remarks>Inside the loop the error is prediction − rating, the negative of the residual: gradients then only add.</remarks>
internal abstract unsafe class NarrowGradientWorkspace(int items, int factors) : GradientWorkspace(items, factors, stride: RowWidth)
{
    /// <summary>Most factors that leave the fourth lane free.</summary>
    public const int MostFactors = RowWidth - 1;

    private protected const int RowWidth = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector128<float> LoadUser(float* factors, int count) =>
        Vector128.Create(factors[0], count > 1 ? factors[1] : 0, count > 2 ? factors[2] : 0, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static void SaveUserGradient(Vector128<float> gradient, float* target, int count)
    {
        target[0] = gradient.ToScalar();
        if (count > 1)
        {
            target[1] = gradient.GetElement(1);
        }

        if (count > 2)
        {
            target[2] = gradient.GetElement(2);
        }
    }

    /// <summary>One rating; returns its error in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector128<float> AddRating(
        Vector128<float> p, float known, float* q, float* qGradient, ref Vector128<float> pGradient)
    {
        Vector128<float> row = Vector128.LoadAligned(q);
        Vector128<float> error = Lanes.SumGroup(p * row) + Vector128.Create(known);
        pGradient = Vector128.FusedMultiplyAdd(error, row, pGradient);
        Vector128.FusedMultiplyAdd(error, p, Vector128.LoadAligned(qGradient)).StoreAligned(qGradient);
        return error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static void AddTo(float* target, Vector128<float> addend) =>
        (Vector128.LoadAligned(target) + addend).StoreAligned(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static Vector256<float> LoadPair(float* first, float* second) =>
        Vector256.Create(Vector128.LoadAligned(first), Vector128.LoadAligned(second));
}
