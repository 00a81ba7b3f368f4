namespace AotRecTrainer.Dataset;

/// <summary>The bit mixer behind the split and the synthetic data.</summary>
internal static class Mixing
{
    /// <summary>2^64 divided by the golden ratio, odd: the step of a Weyl sequence that visits every 64-bit value.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64 bits in which every input bit flips about half of the output bits (SplitMix64's finalizer).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>53 of the bits as a number in [0, 1).</summary>
    public static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
