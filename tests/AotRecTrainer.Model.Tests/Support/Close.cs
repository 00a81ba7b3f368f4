namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Comparisons whose tolerance scales with the largest expected value.</summary>
internal static class Close
{
    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1e-30;
        foreach (double value in expected) scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            Assert.True(difference <= tolerance * scale, $"{what}: [{i}] is {actual[i]:R}, expected {expected[i]:R}");
        }
    }

    /// <summary>A mean of draws lies within five standard errors of what it should be.</summary>
    public static void Mean(double expected, double mean, double variance, int draws, string what)
    {
        double error = Math.Sqrt(variance / draws);
        Assert.True(Math.Abs(mean - expected) <= 5 * error, $"{what}: mean {mean:G6}, expected {expected:G6} ± {5 * error:G2}");
    }
}
