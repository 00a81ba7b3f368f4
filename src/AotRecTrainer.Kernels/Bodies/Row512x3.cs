using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>48 floats in three 512-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row512x3(Vector512<float> a, Vector512<float> b, Vector512<float> c) : IFactorRow<Row512x3>
{
    private readonly Vector512<float> _a = a;
    private readonly Vector512<float> _b = b;
    private readonly Vector512<float> _c = c;

    public static int Width => 48;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x3 Load(float* source) =>
        new(Vector512.LoadAligned(source),
            Vector512.LoadAligned(source + 16),
            Vector512.LoadAligned(source + 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row512x3 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 16);
        row._c.StoreAligned(target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x3 MultiplyAdd(Row512x3 left, float* right, Row512x3 sum) =>
        new(
            Vector512.FusedMultiplyAdd(left._a, Vector512.LoadAligned(right), sum._a),
            Vector512.FusedMultiplyAdd(left._b, Vector512.LoadAligned(right + 16), sum._b),
            Vector512.FusedMultiplyAdd(left._c, Vector512.LoadAligned(right + 32), sum._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x3 MultiplyAdd(float scale, Row512x3 row, Row512x3 sum)
    {
        Vector512<float> all = Vector512.Create(scale);
        return new(
            Vector512.FusedMultiplyAdd(all, row._a, sum._a),
            Vector512.FusedMultiplyAdd(all, row._b, sum._b),
            Vector512.FusedMultiplyAdd(all, row._c, sum._c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row512x3 AddRating(float error, Row512x3 p, Row512x3 pGradient, float* q, float* qGradient)
    {
        Vector512<float> all = Vector512.Create(error);
        Vector512.FusedMultiplyAdd(all, p._a, Vector512.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector512.FusedMultiplyAdd(all, p._b, Vector512.LoadAligned(qGradient + 16)).StoreAligned(qGradient + 16);
        Vector512.FusedMultiplyAdd(all, p._c, Vector512.LoadAligned(qGradient + 32)).StoreAligned(qGradient + 32);
        return new(
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q), pGradient._a),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 16), pGradient._b),
            Vector512.FusedMultiplyAdd(all, Vector512.LoadAligned(q + 32), pGradient._c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row512x3 row) => Lanes.Sum(Lanes.Fold(row._a + row._b + row._c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row512x3 a, Row512x3 b, Row512x3 c, Row512x3 d) =>
        Lanes.SumEach(a._a + a._b + a._c, b._a + b._b + b._c, c._a + c._b + c._c, d._a + d._b + d._c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row512x3 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row512x3 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Products(Row512x3 p, float* q)
    {
        Vector512<float> sum = p._a * Vector512.LoadAligned(q);
        sum = Vector512.FusedMultiplyAdd(p._b, Vector512.LoadAligned(q + 16), sum);
        sum = Vector512.FusedMultiplyAdd(p._c, Vector512.LoadAligned(q + 32), sum);
        return sum;
    }
}
