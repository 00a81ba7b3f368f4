using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Sums across the lanes of vectors, each in one fixed order.</summary>
internal static class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fold(Vector256<float> v) => v.GetLower() + v.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fold(Vector512<float> v) => Fold(v.GetLower() + v.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> v)
    {
        Vector128<float> pairs = v + Vector128.Shuffle(v, Vector128.Create(2, 3, 2, 3));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    /// <summary>The four sums, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Fold(Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d)));

    /// <summary>The four sums, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumEach(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        // Per 128-bit lane: (a b a b) and (c d c d) of half sums, then (a b c d).
        Vector512<float> ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        Vector512<float> cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        return Fold(Avx512F.Shuffle(ab, cd, 0x44) + Avx512F.Shuffle(ab, cd, 0xEE));
    }

    /// <summary>In every group of four lanes, the group's sum in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumGroup(Vector128<float> v)
    {
        v += Vector128.Shuffle(v, Vector128.Create(1, 0, 3, 2));
        return v + Vector128.Shuffle(v, Vector128.Create(2, 3, 0, 1));
    }

    /// <inheritdoc cref="SumGroup(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumGroups(Vector256<float> v)
    {
        v += Avx.Permute(v, 0xB1);
        return v + Avx.Permute(v, 0x4E);
    }

    /// <inheritdoc cref="SumGroup(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumGroups(Vector512<float> v)
    {
        v += Avx512F.Permute4x32(v, 0xB1);
        return v + Avx512F.Permute4x32(v, 0x4E);
    }
}
