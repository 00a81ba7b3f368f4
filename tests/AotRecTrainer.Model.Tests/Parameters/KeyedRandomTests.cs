using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Parameters;

public sealed class KeyedRandomTests
{
    private const int Draws = 200_000;

    [Fact]
    public void NextOpenUnit_ManyDraws_AreUniformAndNeverZeroOrOne()
    {
        double[] draws = Draw((ref random) => random.NextOpenUnit());
        Assert.All(draws.Where(value => value is <= 0 or >= 1), value => Assert.Fail($"{value:R}"));
        Close.Mean(0.5, draws.Average(), 1.0 / 12, Draws, "mean");
        Close.Mean(1.0 / 3, draws.Average(value => value * value), 4.0 / 45, Draws, "second moment");
        for (int tenth = 0; tenth < 10; tenth++)
            Close.Mean(0.1, draws.Count(value => (int)(value * 10) == tenth) / (double)Draws, 0.09, Draws, $"share of tenth {tenth}");
    }

    [Fact]
    public void NextNormal_ManyDraws_HaveTheMomentsOfTheStandardNormal()
    {
        double[] draws = Draw((ref random) => random.NextNormal());
        Close.Mean(0, draws.Average(), 1, Draws, "mean");
        Close.Mean(1, draws.Average(x => x * x), 2, Draws, "variance");
        Close.Mean(0, draws.Average(x => x * x * x), 15, Draws, "third moment");
        Close.Mean(3, draws.Average(x => x * x * x * x), 96, Draws, "fourth moment");
        Close.Mean(0, draws.Zip(draws.Skip(1), (x, y) => x * y).Average(), 1, Draws, "covariance of neighbours");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(500_000)]
    public void NextGamma_ManyDraws_HaveTheMomentsOfTheGamma(double shape)
    {
        double[] draws = Draw((ref random) => random.NextGamma(shape));
        Assert.All(draws.Where(value => value < 0), value => Assert.Fail($"{value:R}"));
        Close.Mean(shape, draws.Average(), shape, Draws, "mean");

        // The fourth central moment is 3 a² + 6 a.
        double variance = draws.Average(value => (value - shape) * (value - shape));
        Close.Mean(shape, variance, (2 * shape * shape) + (6 * shape), Draws, "variance");
    }

    [Fact]
    public void NextGamma_ShapeOfZeroOrNaN_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedRandom(1, 2, 3).NextGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedRandom(1, 2, 3).NextGamma(-1));
    }

    [Fact]
    public void NextBits_SameKey_SameStream()
    {
        KeyedRandom first = new(-5, 7, ulong.MaxValue);
        KeyedRandom second = new(-5, 7, ulong.MaxValue);
        for (int i = 0; i < 100; i++) Assert.Equal(first.NextBits(), second.NextBits());
    }

    [Fact]
    public void NextBits_ThousandsOfNeighbouringKeys_NeverMeet()
    {
        HashSet<ulong> seen = [];
        for (int part = 0; part < 3; part++)
        {
            for (ulong value = 0; value < 5000; value++)
            {
                KeyedRandom random = part switch
                {
                    0 => new KeyedRandom((long)value + 1, 0, 0),
                    1 => new KeyedRandom(0, value + 1, 0),
                    _ => new KeyedRandom(0, 0, value),
                };
                Assert.True(seen.Add(random.NextBits()), $"part {part}, value {value}");
                Assert.True(seen.Add(random.NextBits()), $"part {part}, value {value}, second draw");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void NextNormal_StreamsOfNeighbouringKeys_AreNotCorrelated(int part)
    {
        double sum = 0;
        for (int i = 0; i < Draws; i++)
        {
            long a = i, b = i + 1;
            (KeyedRandom left, KeyedRandom right) = part switch
            {
                0 => (new KeyedRandom(a, 3, 3), new KeyedRandom(b, 3, 3)),
                1 => (new KeyedRandom(3, (ulong)a, 3), new KeyedRandom(3, (ulong)b, 3)),
                _ => (new KeyedRandom(3, 3, (ulong)a), new KeyedRandom(3, 3, (ulong)b)),
            };
            sum += left.NextNormal() * right.NextNormal();
        }

        Close.Mean(0, sum / Draws, 1, Draws, $"covariance by part {part} of the key");
    }

    private delegate double Next(ref KeyedRandom random);

    private static double[] Draw(Next next)
    {
        KeyedRandom random = new(seed: 20, stream: 1, row: 5);
        double[] draws = new double[Draws];
        for (int i = 0; i < draws.Length; i++) draws[i] = next(ref random);
        return draws;
    }
}
