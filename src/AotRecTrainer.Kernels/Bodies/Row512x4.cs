using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>64 floats in four 512-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row512x4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) : IFactorRow<Row512x4>
{
    private readonly Vector512<float> _a = a;
    private readonly Vector512<float> _b = b;
    private readonly Vector512<float> _c = c;
    private readonly Vector512<float> _d = d;

    public static int Width => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x4 Load(float* source) =>
        new(Vector512.LoadAligned(source),
            Vector512.LoadAligned(source + 16),
            Vector512.LoadAligned(source + 32),
            Vector512.LoadAligned(source + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row512x4 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 16);
        row._c.StoreAligned(target + 32);
        row._d.StoreAligned(target + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x4 MultiplyAdd(Row512x4 left, float* right, Row512x4 sum) =>
        new(
            Vector512.FusedMultiplyAdd(left._a, Vector512.LoadAligned(right), sum._a),
            Vector512.FusedMultiplyAdd(left._b, Vector512.LoadAligned(right + 16), sum._b),
            Vector512.FusedMultiplyAdd(left._c, Vector512.LoadAligned(right + 32), sum._c),
            Vector512.FusedMultiplyAdd(left._d, Vector512.LoadAligned(right + 48), sum._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x4 MultiplyAdd(float scale, Row512x4 row, Row512x4 sum)
    {
        Vector512<float> all = Vector512.Create(scale);
        return new(
            Vector512.FusedMultiplyAdd(all, row._a, sum._a),
            Vector512.FusedMultiplyAdd(all, row._b, sum._b),
            Vector512.FusedMultiplyAdd(all, row._c, sum._c),
            Vector512.FusedMultiplyAdd(all, row._d, sum._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x4 AddRating(float error, Row512x4 p, Row512x4 pGradient, float* q, float* qGradient)
    {
        Vector512<float> all = Vector512.Create(error);
        Vector512.FusedMultiplyAdd(all, p._a, Vector512.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector512.FusedMultiplyAdd(all, p._b, Vector512.LoadAligned(qGradient + 16)).StoreAligned(qGradient + 16);
        Vector512.FusedMultiplyAdd(all, p._c, Vector512.LoadAligned(qGradient + 32)).StoreAligned(qGradient + 32);
        Vector512.FusedMultiplyAdd(all, p._d, Vector512.LoadAligned(qGradient + 48)).StoreAligned(qGradient + 48);
        return new(
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q), pGradient._a),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 16), pGradient._b),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 32), pGradient._c),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 48), pGradient._d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row512x4 row) => Lanes.Sum(Lanes.Fold(row._a + row._b + (row._c + row._d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row512x4 a, Row512x4 b, Row512x4 c, Row512x4 d) =>
        Lanes.SumEach(
            a._a + a._b + (a._c + a._d),
            b._a + b._b + (b._c + b._d),
            c._a + c._b + (c._c + c._d),
            d._a + d._b + (d._c + d._d));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row512x4 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row512x4 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Products(Row512x4 p, float* q)
    {
        Vector512<float> sum = p._a * Vector512.LoadAligned(q);
        sum = Vector512.FusedMultiplyAdd(p._b, Vector512.LoadAligned(q + 16), sum);
        sum = Vector512.FusedMultiplyAdd(p._c, Vector512.LoadAligned(q + 32), sum);
        sum = Vector512.FusedMultiplyAdd(p._d, Vector512.LoadAligned(q + 48), sum);
        return sum;
    }
}
