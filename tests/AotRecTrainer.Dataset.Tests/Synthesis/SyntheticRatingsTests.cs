using System.Security.Cryptography;
using AotRecTrainer.Dataset.Synthesis;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Synthesis;

public sealed class SyntheticRatingsTests
{
    private static readonly SyntheticOptions s_options = new() { Users = 300, Items = 400, Ratings = 24_000, Seed = 5 };

    [Fact]
    public void Write_Counts_AreExactlyAsAsked()
    {
        RatingRow[] rows = Rows(s_options, out SyntheticSummary summary);
        Assert.Equal((24_000, 24_000), (rows.Length, summary.Ratings));
        Assert.Equal(rows.Average(row => (double)row.Rating), summary.Mean, 12);
        Assert.Equal(Enumerable.Range(1, 300).Select(user => (long)user), rows.Select(row => row.User).Distinct());
        Assert.Equal(Enumerable.Range(1, 400).Select(item => (long)item), rows.Select(row => row.Item).Distinct().Order());
        Assert.Equal(24_000, rows.Select(row => (row.User, row.Item)).Distinct().Count());
        Assert.All(rows, row => Assert.True(row.Rating is 1 or 2 or 3 or 4 or 5));
        Assert.All(rows.GroupBy(row => row.User), user => Assert.InRange(user.Count(), 20, 400));
    }

    [Fact]
    public void Write_ActivityAndPopularity_HaveLongTails()
    {
        RatingRow[] rows = Rows(new SyntheticOptions { Users = 1500, Items = 1000, Ratings = 150_000 }, out _);
        AssertLongTail([.. rows.GroupBy(row => row.User).Select(user => user.Count())]);
        AssertLongTail([.. rows.GroupBy(row => row.Item).Select(item => item.Count())]);
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.5)]
    [InlineData(8, 0.85)]
    [InlineData(20, 1.5)]
    public void Write_NoiseFloor_IsWhatThePlantedModelMeasures(int factors, double noise)
    {
        SyntheticOptions options = s_options with { Factors = factors, Noise = noise };
        RatingRow[] rows = Rows(options, out SyntheticSummary summary);
        var model = new PlantedModel(options);
        double squares = rows.Sum(row =>
        {
            double prediction = Math.Clamp(model.Predict((int)row.User - 1, (int)row.Item - 1), 1, 5);
            return (row.Rating - prediction) * (row.Rating - prediction);
        });
        Assert.Equal(Math.Sqrt(squares / rows.Length), summary.NoiseFloor, 9);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.85)]
    [InlineData(1.0)]
    public void Write_NoiseFloor_IsCloseToTheNoiseAskedFor(double noise)
    {
        // Rounding to stars adds 1/12 to the variance; clipping at the ends of the scale takes some of it away.
        Rows(s_options with { Noise = noise }, out SyntheticSummary summary);
        Assert.InRange(summary.NoiseFloor, noise * 0.9, Math.Sqrt((noise * noise) + (1.0 / 12)) + 0.01);
    }

    [Fact]
    public void Write_NoNoise_LeavesOnlyTheRoundingToStars()
    {
        Rows(s_options with { Noise = 0 }, out SyntheticSummary summary);
        Assert.InRange(summary.NoiseFloor, 0.25, Math.Sqrt(1.0 / 12) + 0.005);
    }

    [Fact]
    public void Write_PlantedModel_ExplainsMoreThanAnyMean()
    {
        RatingRow[] rows = Rows(s_options, out SyntheticSummary summary);
        double mean = rows.Average(row => (double)row.Rating);
        double ofUser = Deviation(rows, row => row.User), ofItem = Deviation(rows, row => row.Item);
        Assert.True(summary.NoiseFloor < ofUser - 0.05 && summary.NoiseFloor < ofItem - 0.05);
        Assert.InRange(mean, 3.3, 3.8);
    }

    [Fact]
    public void Write_SameSeed_SameBytesAndOtherSeedOthers()
    {
        byte[] first = Bytes(s_options), second = Bytes(s_options), other = Bytes(s_options with { Seed = 6 });
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);

        // The same on every machine, and from version to version: people quote figures of a seed.
        Assert.Equal("7bbae9d7dd06e57b1d3271c4cdf0cab9", Convert.ToHexStringLower(SHA256.HashData(first))[..32]);
    }

    [Theory]
    [InlineData(1, 20, 20)]
    [InlineData(30, 20, 600)]
    [InlineData(3, 50, 150)]
    [InlineData(10, 1000, 300)]
    public void Write_TightestCounts_AreMet(int users, int items, int ratings)
    {
        RatingRow[] rows = Rows(new SyntheticOptions { Users = users, Items = items, Ratings = ratings }, out _);
        Assert.Equal(ratings, rows.Select(row => (row.User, row.Item)).Distinct().Count());
        Assert.Equal(Math.Min(items, ratings), rows.Select(row => row.Item).Distinct().Count());
        Assert.All(rows.GroupBy(row => row.User), user => Assert.True(user.Count() >= 20));
    }

    [Fact]
    public void Write_OptionsThatCannotBe_AreAllNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => SyntheticRatings.Write(
            Stream.Null, new SyntheticOptions { Users = 0, Items = 3, Factors = -1, Noise = double.NaN }));
        Assert.StartsWith(
            "users is 0, expected at least 1; items is 3, expected at least 20, the least that a user rates; "
            + "factors is -1, expected 0 .. 1024; noise is NaN, expected 0 .. 10",
            error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(19, "ratings is 19, expected at least 20, 20 a user")]
    [InlineData(31, "ratings is 31, expected at most 30, every item by every user")]
    public void Problems_RatingsOutOfRange_AreNamed(int ratings, string problem) =>
        Assert.Equal([problem], new SyntheticOptions { Users = 1, Items = 30, Ratings = ratings }.Problems());

    private static void AssertLongTail(int[] counts)
    {
        Array.Sort(counts);
        int[] top = counts[^(counts.Length / 10)..];
        Assert.InRange(top.Sum() / (double)counts.Sum(), 0.25, 0.75);
        Assert.True(counts[^1] > 4 * counts[counts.Length / 2]);
    }

    private static double Deviation(RatingRow[] rows, Func<RatingRow, long> key) => Math.Sqrt(
        rows.GroupBy(key).Sum(group =>
        {
            double mean = group.Average(row => (double)row.Rating);
            return group.Sum(row => (row.Rating - mean) * (row.Rating - mean));
        }) / rows.Length);

    private static RatingRow[] Rows(SyntheticOptions options, out SyntheticSummary summary)
    {
        using var text = new MemoryStream();
        summary = SyntheticRatings.Write(text, options);
        return RatingRows.Of(RatingText.Parse(text.ToArray()));
    }

    private static byte[] Bytes(SyntheticOptions options)
    {
        using var text = new MemoryStream();
        SyntheticRatings.Write(text, options);
        return text.ToArray();
    }
}
