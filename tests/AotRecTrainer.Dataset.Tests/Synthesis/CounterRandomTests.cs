using System.Numerics;
using AotRecTrainer.Dataset.Synthesis;

namespace AotRecTrainer.Dataset.Tests.Synthesis;

public sealed class CounterRandomTests
{
    [Fact]
    public void Bits_DocumentedFormula_MatchesArbitraryPrecision()
    {
        (long, uint, ulong)[] draws = [(7, 1, 0), (-3, 9, 12_345), (long.MaxValue, 4, ulong.MaxValue - 1)];
        foreach ((long seed, uint stream, ulong counter) in draws)
        {
            BigInteger key = Mix(Mix(seed + Golden) + (stream * Golden));
            Assert.Equal((ulong)Mix(key + ((counter + BigInteger.One) * Golden)), new CounterRandom(seed, stream).Bits(counter));
        }
    }

    [Fact]
    public void Normal_ManyDraws_HaveMeanZeroAndDeviationOne()
    {
        var random = new CounterRandom(11, 2);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(counter => random.Normal((ulong)counter))];
        Assert.InRange(draws.Average(), -0.02, 0.02);
        Assert.InRange(draws.Average(draw => draw * draw), 0.97, 1.03);
        Assert.InRange(draws.Average(draw => draw * draw * draw * draw), 2.75, 3.05);
        Assert.InRange(draws.Zip(draws.Skip(1), (one, next) => one * next).Average(), -0.02, 0.02);
    }

    [Fact]
    public void Below_ManyDraws_AreEven()
    {
        var random = new CounterRandom(12, 3);
        int[] counts = new int[10];
        for (ulong counter = 0; counter < 100_000; counter++)
        {
            counts[random.Below(10, counter)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Theory, InlineData(-700), InlineData(-1), InlineData(0), InlineData(0.3), InlineData(5), InlineData(700)]
    public void Exp_AgreesWithTheLibrary(double value) =>
        Assert.InRange(PortableMath.Exp(value) / Math.Exp(value), 1 - 1e-12, 1 + 1e-12);

    private static BigInteger Golden => 0x9E3779B97F4A7C15;

    private static BigInteger Mix(BigInteger value)
    {
        BigInteger bits = value & ulong.MaxValue;
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & ulong.MaxValue;
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & ulong.MaxValue;
        return bits ^ (bits >> 31);
    }
}
