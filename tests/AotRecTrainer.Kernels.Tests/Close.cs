namespace AotRecTrainer.Kernels.Tests;

/// <summary>Comparisons whose tolerance scales with the largest expected value.</summary>
internal static class Close
{
    public static void Equal(Answer expected, Answer actual, double tolerance, string context)
    {
        Equal(expected.UserFactors, actual.UserFactors, tolerance, $"user factors, {context}");
        Equal(expected.UserBiases, actual.UserBiases, tolerance, $"user biases, {context}");
        Equal(expected.ItemFactors, actual.ItemFactors, tolerance, $"item factors, {context}");
        Equal(expected.ItemBiases, actual.ItemBiases, tolerance, $"item biases, {context}");
        Equal([(float)expected.Totals.SquaredError], [(float)actual.Totals.SquaredError], tolerance, $"loss, {context}");
        Assert.Equal(expected.Totals.Ratings, actual.Totals.Ratings);
    }

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string context)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1;
        foreach (float value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }

        for (int n = 0; n < expected.Length; n++)
        {
            double difference = Math.Abs((double)expected[n] - actual[n]);
            Assert.True(difference <= tolerance * scale, $"{context}: [{n}] is {actual[n]}, expected {expected[n]}");
        }
    }
}
