using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>32 floats in four 256-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row256x4(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) : IFactorRow<Row256x4>
{
    private readonly Vector256<float> _a = a;
    private readonly Vector256<float> _b = b;
    private readonly Vector256<float> _c = c;
    private readonly Vector256<float> _d = d;

    public static int Width => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x4 Load(float* source) =>
        new(Vector256.LoadAligned(source),
            Vector256.LoadAligned(source + 8),
            Vector256.LoadAligned(source + 16),
            Vector256.LoadAligned(source + 24));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row256x4 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 8);
        row._c.StoreAligned(target + 16);
        row._d.StoreAligned(target + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x4 MultiplyAdd(Row256x4 left, float* right, Row256x4 sum) =>
        new(
            Vector256.FusedMultiplyAdd(left._a, Vector256.LoadAligned(right), sum._a),
            Vector256.FusedMultiplyAdd(left._b, Vector256.LoadAligned(right + 8), sum._b),
            Vector256.FusedMultiplyAdd(left._c, Vector256.LoadAligned(right + 16), sum._c),
            Vector256.FusedMultiplyAdd(left._d, Vector256.LoadAligned(right + 24), sum._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x4 MultiplyAdd(float scale, Row256x4 row, Row256x4 sum)
    {
        Vector256<float> all = Vector256.Create(scale);
        return new(
            Vector256.FusedMultiplyAdd(all, row._a, sum._a),
            Vector256.FusedMultiplyAdd(all, row._b, sum._b),
            Vector256.FusedMultiplyAdd(all, row._c, sum._c),
            Vector256.FusedMultiplyAdd(all, row._d, sum._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x4 AddRating(float error, Row256x4 p, Row256x4 pGradient, float* q, float* qGradient)
    {
        Vector256<float> all = Vector256.Create(error);
        Vector256.FusedMultiplyAdd(all, p._a, Vector256.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector256.FusedMultiplyAdd(all, p._b, Vector256.LoadAligned(qGradient + 8)).StoreAligned(qGradient + 8);
        Vector256.FusedMultiplyAdd(all, p._c, Vector256.LoadAligned(qGradient + 16)).StoreAligned(qGradient + 16);
        Vector256.FusedMultiplyAdd(all, p._d, Vector256.LoadAligned(qGradient + 24)).StoreAligned(qGradient + 24);
        return new(
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q), pGradient._a),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 8), pGradient._b),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 16), pGradient._c),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 24), pGradient._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row256x4 row) => Lanes.Sum(Lanes.Fold(row._a + row._b + (row._c + row._d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row256x4 a, Row256x4 b, Row256x4 c, Row256x4 d) =>
        Lanes.SumEach(
            a._a + a._b + (a._c + a._d),
            b._a + b._b + (b._c + b._d),
            c._a + c._b + (c._c + c._d),
            d._a + d._b + (d._c + d._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row256x4 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row256x4 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Products(Row256x4 p, float* q)
    {
        Vector256<float> sum = p._a * Vector256.LoadAligned(q);
        sum = Vector256.FusedMultiplyAdd(p._b, Vector256.LoadAligned(q + 8), sum);
        sum = Vector256.FusedMultiplyAdd(p._c, Vector256.LoadAligned(q + 16), sum);
        sum = Vector256.FusedMultiplyAdd(p._d, Vector256.LoadAligned(q + 24), sum);
        return sum;
    }
}
