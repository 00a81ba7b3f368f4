using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>24 floats in three 256-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row256x3(Vector256<float> a, Vector256<float> b, Vector256<float> c) : IFactorRow<Row256x3>
{
    private readonly Vector256<float> _a = a;
    private readonly Vector256<float> _b = b;
    private readonly Vector256<float> _c = c;

    public static int Width => 24;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x3 Load(float* source) =>
        new(Vector256.LoadAligned(source),
            Vector256.LoadAligned(source + 8),
            Vector256.LoadAligned(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row256x3 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 8);
        row._c.StoreAligned(target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x3 MultiplyAdd(Row256x3 left, float* right, Row256x3 sum) =>
        new(
            Vector256.FusedMultiplyAdd(left._a, Vector256.LoadAligned(right), sum._a),
            Vector256.FusedMultiplyAdd(left._b, Vector256.LoadAligned(right + 8), sum._b),
            Vector256.FusedMultiplyAdd(left._c, Vector256.LoadAligned(right + 16), sum._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x3 MultiplyAdd(float scale, Row256x3 row, Row256x3 sum)
    {
        Vector256<float> all = Vector256.Create(scale);
        return new(
            Vector256.FusedMultiplyAdd(all, row._a, sum._a),
            Vector256.FusedMultiplyAdd(all, row._b, sum._b),
            Vector256.FusedMultiplyAdd(all, row._c, sum._c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x3 AddRating(float error, Row256x3 p, Row256x3 pGradient, float* q, float* qGradient)
    {
        Vector256<float> all = Vector256.Create(error);
        Vector256.FusedMultiplyAdd(all, p._a, Vector256.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector256.FusedMultiplyAdd(all, p._b, Vector256.LoadAligned(qGradient + 8)).StoreAligned(qGradient + 8);
        Vector256.FusedMultiplyAdd(all, p._c, Vector256.LoadAligned(qGradient + 16)).StoreAligned(qGradient + 16);
        return new(
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q), pGradient._a),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 8), pGradient._b),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 16), pGradient._c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row256x3 row) => Lanes.Sum(Lanes.Fold(row._a + row._b + row._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row256x3 a, Row256x3 b, Row256x3 c, Row256x3 d) =>
        Lanes.SumEach(a._a + a._b + a._c, b._a + b._b + b._c, c._a + c._b + c._c, d._a + d._b + d._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row256x3 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row256x3 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Products(Row256x3 p, float* q)
    {
        Vector256<float> sum = p._a * Vector256.LoadAligned(q);
        sum = Vector256.FusedMultiplyAdd(p._b, Vector256.LoadAligned(q + 8), sum);
        sum = Vector256.FusedMultiplyAdd(p._c, Vector256.LoadAligned(q + 16), sum);
        return sum;
    }
}
