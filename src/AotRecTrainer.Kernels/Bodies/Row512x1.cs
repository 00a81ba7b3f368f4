using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>16 floats in one 512-bit vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row512x1(Vector512<float> a) : IFactorRow<Row512x1>
{
    private readonly Vector512<float> _a = a;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x1 Load(float* source) =>
        new(Vector512.LoadAligned(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row512x1 row) => row._a.StoreAligned(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x1 MultiplyAdd(Row512x1 left, float* right, Row512x1 sum) =>
        new(Vector512.FusedMultiplyAdd(left._a, Vector512.LoadAligned(right), sum._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x1 MultiplyAdd(float scale, Row512x1 row, Row512x1 sum)
    {
        Vector512<float> all = Vector512.Create(scale);
        return new(Vector512.FusedMultiplyAdd(all, row._a, sum._a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x1 AddRating(float error, Row512x1 p, Row512x1 pGradient, float* q, float* qGradient)
    {
        Vector512<float> all = Vector512.Create(error);
        Vector512.FusedMultiplyAdd(all, p._a, Vector512.LoadAligned(qGradient)).StoreAligned(qGradient);
        return new(Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q), pGradient._a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row512x1 row) => Lanes.Sum(Lanes.Fold(row._a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row512x1 a, Row512x1 b, Row512x1 c, Row512x1 d) =>
        Lanes.SumEach(a._a, b._a, c._a, d._a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row512x1 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row512x1 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Products(Row512x1 p, float* q) => p._a * Vector512.LoadAligned(q);
}
