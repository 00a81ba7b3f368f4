using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>
/// A factor row, or an equal part of one, held in vector registers. Loops are written once against this and compiled for each
/// shape. A row that is read once is given by its address, so that the load is part of the instruction. Products are fused and sums have one fixed order, so that just-in-time and native code agree to the bit.
/// </summary>
internal unsafe interface IFactorRow<TSelf>
    where TSelf : unmanaged, IFactorRow<TSelf>
{
    /// <summary>Number of floats held.</summary>
    static abstract int Width { get; }

    /// <summary>Reads <see cref="Width"/> floats, aligned to the vector.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes <see cref="Width"/> floats, aligned to the vector.</summary>
    static abstract void Store(float* target, TSelf row);

    /// <summary>left · right + sum, lane by lane.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, float* right, TSelf sum);

    /// <summary>scale · row + sum, lane by lane.</summary>
    static abstract TSelf MultiplyAdd(float scale, TSelf row, TSelf sum);

    /// <summary>What one rating adds: error · p to the row at <paramref name="qGradient"/>; returns pGradient + error · q.</summary>
    static abstract TSelf AddRating(float error, TSelf p, TSelf pGradient, float* q, float* qGradient);

    /// <summary>Sum of all lanes.</summary>
    static abstract float Sum(TSelf row);

    /// <summary>The four sums of all lanes, side by side.</summary>
    static abstract Vector128<float> SumEach(TSelf a, TSelf b, TSelf c, TSelf d);

    /// <summary>Dot product with the row at <paramref name="q"/>.</summary>
    static abstract float Dot(TSelf p, float* q);

    /// <summary>Dot products with four rows, which share the sideways additions.</summary>
    static abstract Vector128<float> DotFour(TSelf p, float* q0, float* q1, float* q2, float* q3);
}
