using System.Globalization;
using System.Text;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>The framework's own parser is the oracle.</summary>
public sealed class RatingNumberTests
{
    [Theory, InlineData(21), InlineData(22)]
    public void TryParseRating_RandomDecimals_MatchTheFramework(int seed)
    {
        var random = new Random(seed);
        for (int attempt = 0; attempt < 20_000; attempt++)
        {
            double number = random.NextDouble() * Math.Pow(10, random.Next(-3, 3));
            string text = number.ToString($"F{random.Next(0, 12)}", CultureInfo.InvariantCulture);
            Assert.True(RatingNumber.TryParseRating(Encoding.ASCII.GetBytes(text), out float value), text);
            Assert.Equal((float)double.Parse(text, CultureInfo.InvariantCulture), value);
        }
    }

    [Theory]
    [InlineData("0.5", 0.5f)]
    [InlineData("4", 4f)]
    [InlineData("-2.25", -2.25f)]
    [InlineData("1e1", 10f)]
    [InlineData(".5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("0.1000000000000000000000000000000000001", 0.1f)]
    public void TryParseRating_AnySpelling_IsRead(string text, float expected)
    {
        Assert.True(RatingNumber.TryParseRating(Encoding.ASCII.GetBytes(text), out float value));
        Assert.Equal(expected, value);
    }

    [Theory, InlineData(""), InlineData("-"), InlineData("."), InlineData("1,5"), InlineData("0x10"), InlineData("4 5")]
    public void TryParseRating_NoNumber_IsRefused(string text) =>
        Assert.False(RatingNumber.TryParseRating(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("007", 7)]
    public void TryParseInteger_WholeRange_IsRead(string text, long expected)
    {
        Assert.True(RatingNumber.TryParseInteger(Encoding.ASCII.GetBytes(text), out long value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Read_LargestId_IsKept()
    {
        RatingTable table = Support.RatingText.Parse("9223372036854775807\t999999999999999999\t1\t-5\n");
        Assert.Equal([long.MaxValue], table.UserIds.Integers);
        Assert.Equal([999_999_999_999_999_999], table.ItemIds.Integers);
        Assert.Equal(-5, Support.RatingRows.Of(table)[0].Timestamp);
    }
}
