using System.Runtime.Intrinsics;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>Adds what two threads made for themselves, each a slice of it.</summary>
internal static class PartSums
{
    /// <summary>sum += addend, on the slice of thread <paramref name="part"/>.</summary>
    public static void AddSlice(int part, int parts, Span<float> sum, ReadOnlySpan<float> addend)
    {
        int from = (int)((long)sum.Length * part / parts);
        int to = (int)((long)sum.Length * (part + 1) / parts);
        Add(sum[from..to], addend[from..to]);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> addend)
    {
        int n = 0;
        for (; n <= sum.Length - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            (Vector256.Create<float>(sum[n..]) + Vector256.Create(addend[n..])).CopyTo(sum[n..]);
        }

        for (; n < sum.Length; n++)
        {
            sum[n] += addend[n];
        }
    }
}
