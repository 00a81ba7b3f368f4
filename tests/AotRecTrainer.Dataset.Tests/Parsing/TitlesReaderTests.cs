using System.Text;
using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

public sealed class TitlesReaderTests
{
    [Fact]
    public void Read_Csv_UnderstandsQuotesAndTakesTheSecondField()
    {
        IReadOnlyDictionary<long, string> titles = Read(
            "movieId,title,genres\r\n1,Toy Story (1995),Animation\r\n"
            + "2,\"Usual Suspects, The (1995)\",Crime\r\n3,\"The \"\"Real\"\" One\",Drama\r\n");
        Assert.Equal("Toy Story (1995)", titles[1]);
        Assert.Equal("Usual Suspects, The (1995)", titles[2]);
        Assert.Equal("The \"Real\" One", titles[3]);
        Assert.Equal(3, titles.Count);
    }

    [Fact]
    public void Read_Dat_KeepsColonsInTitles()
    {
        IReadOnlyDictionary<long, string> titles = Read("1::Star Wars: Episode IV (1977)::Action|Sci-Fi\n2::Face::Off::Action\n");
        Assert.Equal("Star Wars: Episode IV (1977)", titles[1]);
        Assert.Equal("Face::Off", titles[2]);
    }

    [Fact]
    public void Read_Item_TakesTheSecondOfManyFields() =>
        Assert.Equal("GoldenEye (1995)", Read("2|GoldenEye (1995)|01-Jan-1995||http://us.imdb.com/|0|1|1\n")[2]);

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreLatin1()
    {
        byte[] latin = Encoding.Latin1.GetBytes("1::Misérables, Les (1995)::Drama\n");
        byte[] utf8 = Encoding.UTF8.GetBytes("2::Amélie (2001)::Comedy\n");
        IReadOnlyDictionary<long, string> titles = TitlesReader.Read(new MemoryStream([.. latin, .. utf8]), "file");
        Assert.Equal("Misérables, Les (1995)", titles[1]);
        Assert.Equal("Amélie (2001)", titles[2]);
    }

    [Theory]
    [InlineData("1::No end\n", "file line 1: '1::No end', expected a title between separators; 1 bad line in all, nothing was written")]
    [InlineData("1|a|\nx|b|\n-3|c|\n", "file line 2: 'x|b|', expected an item id and a title; 2 bad lines in all, nothing was written")]
    [InlineData("1,\"open\n", "file line 1: a quote is not closed: '1,\"open'; 1 bad line in all, nothing was written")]
    public void Read_BadLines_AreNamedAndCounted(string text, string message) =>
        Assert.Equal(message, Assert.Throws<RatingsFormatException>(() => Read(text)).Message);

    [Fact]
    public void Read_MovieLensLatestSmall_HasThePublishedTitles()
    {
        IReadOnlyDictionary<long, string> titles = TitlesReader.Read(new LocalFile(Path.Combine(MovieLens.LatestSmall(), "movies.csv")));
        Assert.Equal(9_742, titles.Count);
        Assert.Equal("Andrew Dice Clay: Dice Rules (1991)", titles[193_609]);
    }

    private static IReadOnlyDictionary<long, string> Read(string text) =>
        TitlesReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "file");
}
