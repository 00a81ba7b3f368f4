using AotRecTrainer.Model.Serialization;

namespace AotRecTrainer.Model.Tests.Serialization;

public sealed class HalfCodeTests
{
    [Fact]
    public void Round_NumbersOfAllSizes_StaysWithinTheDocumentedBound()
    {
        Random random = new(Seed: 11);
        double worst = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            float[] values = new float[random.Next(1, 700)];
            int size = random.Next(-100, 100);
            int spread = random.Next(1, 60);
            foreach (ref float value in values.AsSpan())
                value = MathF.ScaleB((random.NextSingle() - 0.5f) * 2, Math.Clamp(size - random.Next(spread), -126, 126));
            float[] rounded = [.. values];
            HalfCode.Round(rounded);
            double greatest = values.Max(MathF.Abs);
            for (int i = 0; i < values.Length; i++)
            {
                double bound = Math.Max(Math.ScaleB(Math.Abs(values[i]), -11), Math.ScaleB(greatest, -39));
                double error = Math.Abs((double)rounded[i] - values[i]);

                // Below all floats there is nothing left to tell apart.
                Assert.True(error <= bound || error <= float.Epsilon, $"trial {trial}: {values[i]:R} became {rounded[i]:R}; the greatest is {greatest:R}");
                if (bound > float.Epsilon) worst = Math.Max(worst, error / bound);
            }
        }

        // The bound is not loose.
        Assert.InRange(worst, 0.9, 1);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(-0.75f)]
    [InlineData(2047f)]
    [InlineData(1e-45f)]
    [InlineData(1.1754944e-38f)]
    [InlineData(1.7014118e38f)]
    public void Round_NumbersOfElevenDigits_AreKept(float value)
    {
        float[] rounded = [value, 0, -value];
        HalfCode.Round(rounded);
        Assert.Equal([value, 0, -value], rounded);
    }

    [Fact]
    public void Round_ATie_GoesToTheEvenNeighbour()
    {
        float[] rounded = [2049, 2051, -2049, 4096];
        HalfCode.Round(rounded);
        Assert.Equal([2048, 2052, -2048, 4096], rounded);
    }

    [Fact]
    public void Round_NothingAtAll_IsFine()
    {
        HalfCode.Round([]);
        Assert.Equal(0, HalfCode.ExponentOf([]));
        Assert.Equal(0, HalfCode.ExponentOf([0, -0f]));
    }
}
