using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>32 floats in two 512-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row512x2(Vector512<float> a, Vector512<float> b) : IFactorRow<Row512x2>
{
    private readonly Vector512<float> _a = a;
    private readonly Vector512<float> _b = b;

    public static int Width => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x2 Load(float* source) =>
        new(Vector512.LoadAligned(source), Vector512.LoadAligned(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row512x2 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x2 MultiplyAdd(Row512x2 left, float* right, Row512x2 sum) =>
        new(
            Vector512.FusedMultiplyAdd(left._a, Vector512.LoadAligned(right), sum._a),
            Vector512.FusedMultiplyAdd(left._b, Vector512.LoadAligned(right + 16), sum._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x2 MultiplyAdd(float scale, Row512x2 row, Row512x2 sum)
    {
        Vector512<float> all = Vector512.Create(scale);
        return new(
            Vector512.FusedMultiplyAdd(all, row._a, sum._a),
            Vector512.FusedMultiplyAdd(all, row._b, sum._b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x2 AddRating(float error, Row512x2 p, Row512x2 pGradient, float* q, float* qGradient)
    {
        Vector512<float> all = Vector512.Create(error);
        Vector512.FusedMultiplyAdd(all, p._a, Vector512.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector512.FusedMultiplyAdd(all, p._b, Vector512.LoadAligned(qGradient + 16)).StoreAligned(qGradient + 16);
        return new(
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q), pGradient._a),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 16), pGradient._b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row512x2 row) => Lanes.Sum(Lanes.Fold(row._a + row._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row512x2 a, Row512x2 b, Row512x2 c, Row512x2 d) =>
        Lanes.SumEach(a._a + a._b, b._a + b._b, c._a + c._b, d._a + d._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row512x2 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row512x2 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Products(Row512x2 p, float* q)
    {
        Vector512<float> sum = p._a * Vector512.LoadAligned(q);
        sum = Vector512.FusedMultiplyAdd(p._b, Vector512.LoadAligned(q + 16), sum);
        return sum;
    }
}
