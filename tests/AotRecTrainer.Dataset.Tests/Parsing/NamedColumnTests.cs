using System.Text;
using AotRecTrainer.Dataset.Gathering;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>Text whose first line names its columns.</summary>
public sealed class NamedColumnTests
{
    private static readonly ColumnNames s_names = new() { User = "who", Item = "what", Rating = "stars", Timestamp = "at" };

    [Theory, InlineData(","), InlineData("\t"), InlineData(";"), InlineData("|")]
    public void Read_NamedColumnsInAnyOrder_AreFound(string separator)
    {
        string text = "note,at,what,stars,who\nx,10,7,4.5,3\n\"y z\",11,8,-2,3\n".Replace(",", separator, StringComparison.Ordinal);
        RatingTable table = Read(text, new() { Columns = s_names });
        Assert.Equal([new RatingRow(3, 7, 4.5f, 10), new RatingRow(3, 8, -2, 11)], RatingRows.Of(table));
    }

    [Theory]
    [InlineData("user_id,item_id,rating\n1,2,3\n", false)]
    [InlineData("item,user,rating,timestamp\n2,1,3,4\n", true)]
    [InlineData("userId,movieId,rating,timestamp,genre\n1,2,3,4,x\n", true)]
    [InlineData("USERID\tITEMID\tRATING\n1\t2\t3\n", false)]
    public void Read_UsualNames_NeedNotBeNamed(string text, bool timed)
    {
        RatingTable table = Read(text);
        Assert.Equal([new RatingRow(1, 2, 3, timed ? 4 : 0)], RatingRows.Of(table));
        Assert.Equal(timed, table.HasTimestamps);
    }

    [Fact]
    public void Read_TextIds_AreSortedByTheirBytes()
    {
        RatingTable table = Read(
            "who,what,stars,at\nzoë,B00X,5,1\nadam,\"say \"\"hi\"\"\",4,2\nzoë,a b,3,3\nadam,B00X,1,4\n", new() { Columns = s_names });
        Assert.Equal(["adam", "zoë"], Texts(table.UserIds));
        Assert.Equal(["B00X", "a b", "say \"hi\""], Texts(table.ItemIds));
        RatingCursor cursor = table.Open();
        Assert.Equal([0, 2], cursor.Read(0).Items.ToArray());
        Assert.Equal([1f, 4f], cursor.Read(0).Ratings.ToArray());
        Assert.Equal([1L, 3L], cursor.Read(1).Timestamps.ToArray());
    }

    [Theory, InlineData(71), InlineData(72)]
    public void Read_ManyTextIds_MatchADictionary(int seed)
    {
        RatingRow[] rows = RatingRows.Random(seed, users: 3000, items: 700, count: 20_000);
        string text = "who,what,stars\n" + string.Concat(rows.Select(row => $"u{row.User},i-{row.Item},{row.Rating}\n"));
        RatingTable table = Read(text, new() { Columns = new() { User = "who", Item = "what", Rating = "stars" }, Threads = 4 });
        var expected = rows.ToDictionary(row => ($"u{row.User}", $"i-{row.Item}"), row => row.Rating);
        string[] users = Texts(table.UserIds), items = Texts(table.ItemIds);
        Assert.Equal(users.Order(StringComparer.Ordinal), users);
        Assert.Equal(expected.Keys.Select(pair => pair.Item2).Distinct().Order(StringComparer.Ordinal), items);
        RatingCursor cursor = table.Open();
        for (int user = 0; user < users.Length; user++)
        {
            UserRatings ratings = cursor.Read(user);
            for (int row = 0; row < ratings.Count; row++)
            {
                Assert.True(expected.Remove((users[user], items[ratings.Items[row]]), out float rating));
                Assert.Equal(rating, ratings.Ratings[row]);
            }
        }

        Assert.Empty(expected);
    }

    [Theory]
    [InlineData("who,what,stars,at\n007,5,1,1\n8,6,1,1\n", "007,8", true)]
    [InlineData("who,what,stars,at\n7,5,1,1\n8,6,1,1\n", "7,8", false)]
    public void Read_FirstIdWithLeadingZeros_MakesTheColumnText(string text, string ids, bool areText)
    {
        RatingTable table = Read(text, new() { Columns = s_names });
        Assert.Equal((ids, areText), (string.Join(',', Texts(table.UserIds)), table.UserIds.AreText));
        Assert.False(table.ItemIds.AreText);
    }

    [Fact]
    public void Read_TextIdsAskedFor_IntegersStayText()
    {
        RatingTable table = Read("1::10::5::0\n10::2::4::0\n2::10::3::0\n", new() { TextIds = true });
        Assert.Equal(["1", "10", "2"], Texts(table.UserIds));
        Assert.Equal(["10", "2"], Texts(table.ItemIds));
    }

    [Theory]
    [InlineData("who,what,stars,at\n1,2,3,2000-12-31 22:12:40\n")]
    [InlineData("who,what,stars,at\n1,2,3,2000-12-31T22:12:40Z\n")]
    [InlineData("who,what,stars,at\n1,2,3,2001-01-01T00:12:40.5+02:00\n")]
    [InlineData("who,what,stars,at\n1,2,3,978300760\n")]
    public void Read_Timestamps_MayBeDates(string text) =>
        Assert.Equal([new RatingRow(1, 2, 3, 978_300_760)], RatingRows.Of(Read(text, new() { Columns = s_names })));

    [Theory]
    [InlineData("who,what,stars\n1,2,3\n", "line 1: 'who,what,stars': no column at among who, what, stars; 1 bad line in all")]
    [InlineData("a|b\n1|2\n", "line 1: 'a|b': no column who among a, b; 1 bad line in all")]
    [InlineData("who,what,stars,at\n1,2,3,4\nx,2,3,4\n", "line 3: user 'x' is not an integer; 1 bad line")]
    [InlineData("who,what,stars,at\nx,2,3,4\n,2,3,4\n", "line 3: user is empty; 1 bad line")]
    [InlineData("who,what,stars,at\nx,2,3,4\ny,2,3\n", "line 3: 3 fields, expected 4: 'y,2,3'; 1 bad line")]
    [InlineData("who,what,stars,at\n-1,2,3,4\n", "line 2: user -1 is negative; 1 bad line")]
    [InlineData("\"who,what,stars,at\n1,2,3,4\n", "line 1: '\"who,what,stars,at': a quote is not closed; 1 bad line in all")]
    public void Read_WrongColumnsOrIds_AreNamed(string text, string message) => Assert.StartsWith(
        "file " + message,
        Assert.Throws<RatingsFormatException>(() => Read(text, new() { Columns = s_names })).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_IdThatIsNotUtf8OrTooLong_IsBad()
    {
        byte[] broken = [.. "who,what,stars,at\nx,"u8, 0xC3, .. ",3,4\n"u8];
        Assert.StartsWith("file line 2: item '.' is not UTF-8;", Failure(broken), StringComparison.Ordinal);
        byte[] tooLong = Encoding.ASCII.GetBytes($"who,what,stars,at\nx,{new string('i', 1025)},3,4\n");
        Assert.Contains("has 1025 bytes, expected at most 1024", Failure(tooLong), StringComparison.Ordinal);

        static string Failure(byte[] text) => Assert.Throws<RatingsFormatException>(
            () => RatingsReader.Read(new MemoryStream(text), "file", new() { Columns = s_names, TextIds = true })).Message;
    }

    private static string[] Texts(EntityIds ids) => [.. Enumerable.Range(0, ids.Count).Select(index => ids[index])];

    private static RatingTable Read(string text, RatingsReaderOptions? options = null) =>
        RatingsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", options);
}
