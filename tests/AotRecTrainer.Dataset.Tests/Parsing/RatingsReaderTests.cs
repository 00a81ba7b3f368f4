using System.Text;
using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

public sealed class RatingsReaderTests
{
    [Theory]
    [InlineData(RatingsFormat.Tab)]
    [InlineData(RatingsFormat.DoubleColon)]
    [InlineData(RatingsFormat.Csv)]
    public void Read_EachFormat_IsToldByContent(RatingsFormat format)
    {
        RatingRow[] rows = RatingRows.Random(seed: 1, users: 17, items: 23, count: 200);
        RatingTable table = RatingText.Parse(RatingText.Of(format, rows));
        Assert.Equal(rows.OrderBy(row => row.User).ThenBy(row => row.Item), RatingRows.Of(table));
        Assert.True(table.HasTimestamps);
    }

    [Theory]
    [InlineData("ratings.csv", RatingsFormat.Tab)]
    [InlineData("u.data", RatingsFormat.DoubleColon)]
    [InlineData("ratings.dat", RatingsFormat.Csv)]
    public void Read_NameOfAnotherFormat_ContentDecides(string name, RatingsFormat format)
    {
        using var folder = new TemporaryFolder();
        RatingRow[] rows = RatingRows.Random(seed: 2, users: 5, items: 6, count: 20);
        RatingTable table = RatingsReader.Read(new LocalFile(folder.Write(name, RatingText.Of(format, rows))));
        Assert.Equal(rows.OrderBy(row => row.User).ThenBy(row => row.Item), RatingRows.Of(table));
    }

    [Theory]
    [InlineData(RatingsFormat.Tab)]
    [InlineData(RatingsFormat.DoubleColon)]
    [InlineData(RatingsFormat.Csv)]
    public void Read_CrlfBomAndNoFinalNewline_ChangeNothing(RatingsFormat format)
    {
        RatingRow[] rows = RatingRows.Random(seed: 3, users: 9, items: 9, count: 40);
        string plain = RatingText.Of(format, rows);
        RatingRow[] expected = RatingRows.Of(RatingText.Parse(plain));
        foreach (string variant in new[] { plain.ReplaceLineEndings("\r\n"), "\uFEFF" + plain, plain.TrimEnd('\n'), plain + "\n\n\r\n" })
        {
            Assert.Equal(expected, RatingRows.Of(RatingText.Parse(variant)));
        }
    }

    [Fact]
    public void Read_QuotedAndSpacedCsv_IsRead()
    {
        RatingTable table = RatingText.Parse("\"userId\",movieId , RATING\n\"7\",\" 8\",3.5\n 9 ,10 ,\"4\"\n");
        Assert.Equal([new RatingRow(7, 8, 3.5f, 0), new RatingRow(9, 10, 4, 0)], RatingRows.Of(table));
        Assert.False(table.HasTimestamps);
    }

    [Fact]
    public void Read_DuplicatePairs_LastWinsAndIsCounted()
    {
        RatingTable table = RatingText.Parse("1::5::3::10\n2::5::4::11\n1::5::1::12\n1::6::2::13\n1::5::5::9\n");
        Assert.Equal([new RatingRow(1, 5, 5, 9), new RatingRow(1, 6, 2, 13), new RatingRow(2, 5, 4, 11)], RatingRows.Of(table));
        Assert.Equal(2, table.Duplicates);
    }

    [Theory, InlineData(11), InlineData(12), InlineData(13)]
    public void Read_RandomDuplicates_MatchADictionary(int seed)
    {
        var random = new Random(seed);
        RatingRow[] rows =
        [
            .. Enumerable.Range(0, 5000).Select(line => new RatingRow(random.Next(40), random.Next(60), random.Next(1, 6), line)),
        ];
        var last = new Dictionary<(long, long), RatingRow>();
        foreach (RatingRow row in rows)
        {
            last[(row.User, row.Item)] = row;
        }

        RatingTable table = RatingText.Table(rows);
        Assert.Equal(last.Values.OrderBy(row => row.User).ThenBy(row => row.Item), RatingRows.Of(table));
        Assert.Equal(rows.Length - last.Count, table.Duplicates);
    }

    [Fact]
    public void Read_OrderOfLines_DoesNotMatter()
    {
        RatingRow[] rows = RatingRows.Random(seed: 4, users: 30, items: 30, count: 500);
        RatingRow[] expected = RatingRows.Of(RatingText.Table(rows));
        new Random(5).Shuffle(rows);
        Assert.Equal(expected, RatingRows.Of(RatingText.Table(rows)));
    }

    [Fact]
    public void Read_ManyBuffersOfInput_LosesNoLine()
    {
        // Several times the reader's buffer, so that lines lie across its ends; fed in pieces of odd sizes.
        RatingRow[] rows = [.. Enumerable.Range(0, 150_000).Select(line => new RatingRow(line / 100, line % 100, (line % 5) + 1, line))];
        byte[] bytes = Encoding.UTF8.GetBytes(RatingText.Of(RatingsFormat.DoubleColon, rows));
        RatingTable table = RatingsReader.Read(new PiecemealStream(bytes, 65_521), "file");
        Assert.Equal(rows, RatingRows.Of(table));
    }

    [Fact]
    public void Read_Progress_GoesFromNothingToAll()
    {
        using var folder = new TemporaryFolder();
        RatingRow[] rows = [.. Enumerable.Range(0, 100_000).Select(line => new RatingRow(line / 100, line % 100, (line % 5) + 1, line))];
        List<double> told = [];
        RatingsReader.Read(new LocalFile(folder.Write("in", RatingText.Of(RatingsFormat.Tab, rows))), reading: new Told(told.Add));
        Assert.InRange(told[0], 0, 0.5);
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => RatingsReader.Read(new MemoryStream("1::2::3::4\n"u8.ToArray()), "file", cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Read_MovieLensLatestSmall_HasThePublishedCounts()
    {
        RatingTable table = RatingsReader.Read(new LocalFile(Path.Combine(MovieLens.LatestSmall(), "ratings.csv")));
        Assert.Equal((100_836, 610, 9_724, 0), (table.Count, table.UserIds.Count, table.ItemIds.Count, table.Duplicates));
        Assert.Equal(new RatingRow(1, 1, 4, 964_982_703), RatingRows.Of(table)[0]);
    }

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
