using System.Runtime.InteropServices;

namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>
/// Random numbers by position: the draw at a counter is a function of (seed, stream, counter), so draws can be made in any order.
/// </summary>
/// <remarks>
/// With <c>mix</c> the finalizer of SplitMix64 (two xor-shift-multiply steps and an xor-shift) and <c>G = 0x9E3779B97F4A7C15</c>:
/// <c>key = mix(mix(seed + G) + stream * G)</c> and <c>draw(c) = mix(key + (c + 1) * G)</c>, all modulo 2^64. Everything made from a
/// draw uses sums, products and square roots only, which IEEE 754 fixes to the last bit, so the same seed gives the same numbers on
/// every machine.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CounterRandom(long seed, uint stream)
{
    private const int UniformsPerNormal = 12;
    private readonly ulong _key = Mixing.Mix(Mixing.Mix((ulong)seed + Mixing.Golden) + (stream * Mixing.Golden));

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong counter) => Mixing.Mix(_key + ((counter + 1) * Mixing.Golden));

    /// <summary>A number in [0, <paramref name="bound"/>), as even as 64 bits allow.</summary>
    public long Below(long bound, ulong counter) => (long)Math.BigMul(Bits(counter), (ulong)bound, out _);

    /// <summary>
    /// A nearly normal number, mean 0 and deviation 1: twelve uniform numbers of 32 bits, summed exactly. Within -6 .. 6; the excess
    /// kurtosis is -0.1.
    /// </summary>
    public double Normal(ulong counter)
    {
        long sum = 0;
        for (uint draw = 0; draw < UniformsPerNormal / 2; draw++)
        {
            ulong bits = Bits((counter * (UniformsPerNormal / 2)) + draw);
            sum += (long)(bits >> 32) + (uint)bits;
        }

        return (sum - (UniformsPerNormal / 2 * (long)uint.MaxValue)) * (1.0 / (1L << 32));
    }
}
