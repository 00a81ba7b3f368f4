using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>8 floats in one 256-bit vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row256x1(Vector256<float> a) : IFactorRow<Row256x1>
{
    private readonly Vector256<float> _a = a;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x1 Load(float* source) =>
        new(Vector256.LoadAligned(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row256x1 row) => row._a.StoreAligned(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x1 MultiplyAdd(Row256x1 left, float* right, Row256x1 sum) =>
        new(Vector256.FusedMultiplyAdd(left._a, Vector256.LoadAligned(right), sum._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x1 MultiplyAdd(float scale, Row256x1 row, Row256x1 sum)
    {
        Vector256<float> all = Vector256.Create(scale);
        return new(Vector256.FusedMultiplyAdd(all, row._a, sum._a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x1 AddRating(float error, Row256x1 p, Row256x1 pGradient, float* q, float* qGradient)
    {
        Vector256<float> all = Vector256.Create(error);
        Vector256.FusedMultiplyAdd(all, p._a, Vector256.LoadAligned(qGradient)).StoreAligned(qGradient);
        return new(Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q), pGradient._a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row256x1 row) => Lanes.Sum(Lanes.Fold(row._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row256x1 a, Row256x1 b, Row256x1 c, Row256x1 d) =>
        Lanes.SumEach(a._a, b._a, c._a, d._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row256x1 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row256x1 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Products(Row256x1 p, float* q) => p._a * Vector256.LoadAligned(q);
}
