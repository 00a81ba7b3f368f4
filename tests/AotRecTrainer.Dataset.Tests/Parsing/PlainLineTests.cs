using System.Globalization;
using System.Text;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>Text long enough for the pass that reads plain lines eight bytes at a time, mixed with lines that are not for it.</summary>
public sealed class PlainLineTests
{
    private static readonly string[] s_stars = ["4", "0", "3.5", "4.0", "10", "2.25", "0.5", "1e0", "5.", "-1", "07"];

    [Theory]
    [InlineData("::", 31), InlineData("\t", 32), InlineData("::", 33)]
    public void Read_NumbersOfEveryLength_AreWhatTheFrameworkReads(string separator, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var expected = new SortedDictionary<(long User, long Item), RatingRow>();
        for (int line = 0; line < 3_000; line++)
        {
            string user = Digits(random, 18), item = Digits(random, 18), time = Digits(random, 15), rating = s_stars[random.Next(s_stars.Length)];
            text.AppendJoin(separator, user, item, rating, time).Append(random.Next(4) == 0 ? "\r\n" : "\n");
            var row = new RatingRow(
                long.Parse(user), long.Parse(item), float.Parse(rating, NumberStyles.Float, CultureInfo.InvariantCulture), long.Parse(time));
            expected[(row.User, row.Item)] = row;
        }

        Assert.Equal(expected.Values, RatingRows.Of(RatingText.Parse(text.ToString())).OrderBy(row => (row.User, row.Item)));
    }

    [Theory]
    [InlineData("1::2::x::4", "line 501")]
    [InlineData("1::2::3", "line 501")]
    [InlineData("1::2::3::4::5", "line 501")]
    [InlineData("1:2::3::4", "line 501")]
    [InlineData("::2::3::4", "line 501")]
    [InlineData("1::2::3::4 x", "line 501")]
    public void Read_OneBadLineAmongPlainOnes_IsNamed(string bad, string where)
    {
        string plain = string.Concat(Enumerable.Range(0, 500).Select(line => $"{line}::{line % 7}::3::{line}\n"));
        RatingsFormatException error = Assert.Throws<RatingsFormatException>(() => RatingText.Parse($"{plain}{bad}\n{plain}"));
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    private static string Digits(Random random, int most)
    {
        int count = random.Next(1, most + 1);
        return string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
    }
}
