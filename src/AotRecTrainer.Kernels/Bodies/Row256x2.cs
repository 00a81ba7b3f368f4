using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>16 floats in two 256-bit vectors.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Row256x2(Vector256<float> a, Vector256<float> b) : IFactorRow<Row256x2>
{
    private readonly Vector256<float> _a = a;
    private readonly Vector256<float> _b = b;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x2 Load(float* source) =>
        new(Vector256.LoadAligned(source), Vector256.LoadAligned(source + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Row256x2 row)
    {
        row._a.StoreAligned(target);
        row._b.StoreAligned(target + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x2 MultiplyAdd(Row256x2 left, float* right, Row256x2 sum) =>
        new(
            Vector256.FusedMultiplyAdd(left._a, Vector256.LoadAligned(right), sum._a),
            Vector256.FusedMultiplyAdd(left._b, Vector256.LoadAligned(right + 8), sum._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x2 MultiplyAdd(float scale, Row256x2 row, Row256x2 sum)
    {
        Vector256<float> all = Vector256.Create(scale);
        return new(
            Vector256.FusedMultiplyAdd(all, row._a, sum._a),
            Vector256.FusedMultiplyAdd(all, row._b, sum._b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row256x2 AddRating(float error, Row256x2 p, Row256x2 pGradient, float* q, float* qGradient)
    {
        Vector256<float> all = Vector256.Create(error);
        Vector256.FusedMultiplyAdd(all, p._a, Vector256.LoadAligned(qGradient)).StoreAligned(qGradient);
        Vector256.FusedMultiplyAdd(all, p._b, Vector256.LoadAligned(qGradient + 8)).StoreAligned(qGradient + 8);
        return new(
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q), pGradient._a),
            Vector256.FusedMultiplyAdd(all, Vector256.LoadAligned(q + 8), pGradient._b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Row256x2 row) => Lanes.Sum(Lanes.Fold(row._a + row._b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Row256x2 a, Row256x2 b, Row256x2 c, Row256x2 d) =>
        Lanes.SumEach(a._a + a._b, b._a + b._b, c._a + c._b, d._a + d._b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(Row256x2 p, float* q) => Lanes.Sum(Lanes.Fold(Products(p, q)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> DotFour(Row256x2 p, float* q0, float* q1, float* q2, float* q3) =>
        Lanes.SumEach(Products(p, q0), Products(p, q1), Products(p, q2), Products(p, q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Products(Row256x2 p, float* q)
    {
        Vector256<float> sum = p._a * Vector256.LoadAligned(q);
        sum = Vector256.FusedMultiplyAdd(p._b, Vector256.LoadAligned(q + 8), sum);
        return sum;
    }
}
