using System.IO.Compression;
using AotRecTrainer.Dataset.Input;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Input;

public sealed class RatingsSourceTests
{
    [Theory]
    [InlineData("ratings.csv", "movies.csv")]
    [InlineData("ratings.dat", "movies.dat")]
    [InlineData("u.data", "u.item")]
    [InlineData("ratings.csv.gz", "movies.csv.gz")]
    [InlineData("ratings.parquet", "movies.csv")]
    public async Task Find_FolderOrFile_GivesRatingsAndTheirTitles(string ratings, string titles)
    {
        using var folder = new TemporaryFolder();
        string ratingsPath = folder.Write(ratings, "1"), titlesPath = folder.Write(titles, "1");
        foreach (string location in new[] { folder.Path, ratingsPath, $"file://{folder.Path}", $"file://{ratingsPath}" })
        {
            using RatingsSource source = await RatingsSource.FindAsync(location);
            Assert.Equal((ratingsPath, titlesPath), (source.Ratings.Name, source.Titles?.Name));
        }
    }

    [Fact]
    public async Task Find_FileOfAnotherName_TakesWhatTitlesThereAre()
    {
        using var folder = new TemporaryFolder();
        string ratings = folder.Write("mine.txt", "1");
        Assert.Null((await RatingsSource.FindAsync(ratings)).Titles);
        Assert.Equal(folder.Write("u.item", "1"), (await RatingsSource.FindAsync(ratings)).Titles?.Name);
    }

    [Fact]
    public async Task Find_TwoFilesOfRatings_ItsOwnTitlesGoWithEach()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.Write("ratings.csv", "1"), dat = folder.Write("ratings.dat", "1");
        string csvTitles = folder.Write("movies.csv", "1"), datTitles = folder.Write("movies.dat", "1");
        Assert.Equal(csvTitles, (await RatingsSource.FindAsync(csv)).Titles?.Name);
        Assert.Equal(datTitles, (await RatingsSource.FindAsync(dat)).Titles?.Name);
        Assert.Equal($"{folder.Path} has ratings.csv and ratings.dat; name the file that is meant", await ProblemAsync(folder.Path));
    }

    [Fact]
    public async Task Find_Archive_LooksIntoItsFolders()
    {
        using var folder = new TemporaryFolder();
        string zip = Zip(folder, ("ml-1m/README", "hello"), ("ml-1m/ratings.dat", "1::2::3::4\n"), ("ml-1m/movies.dat", "2::Two::X\n"));
        using RatingsSource source = await RatingsSource.FindAsync(zip);
        Assert.Equal(($"{zip}/ml-1m/ratings.dat", $"{zip}/ml-1m/movies.dat"), (source.Ratings.Name, source.Titles?.Name));
        Assert.Equal([new RatingRow(1, 2, 3, 4)], RatingRows.Of(RatingsReader.Read(source.Ratings)));
        Assert.Equal("Two", TitlesReader.Read(source.Titles!)[2]);
    }

    [Fact]
    public async Task Find_ArchiveWithoutOrWithTooMany_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string none = Zip(folder, ("a/b.txt", "1")), two = Zip(folder, ("a/u.data", "1"), ("b/u.data", "1"));
        Assert.Equal($"{none} has none of ratings.csv, ratings.dat and u.data", await ProblemAsync(none));
        Assert.Equal($"{two} has ratings in {two}/a and in {two}/b; name a file that has them once", await ProblemAsync(two));
        string broken = folder.Write("broken.zip", "PK\u0003\u0004 but no archive");
        Assert.StartsWith($"{broken}: not a zip archive, or a damaged one: ", await ProblemAsync(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_NothingThere_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Combine(folder.Path, "none");
        Assert.Equal($"{missing} was not found, expected a file of ratings or a folder with one", await ProblemAsync(missing));
        Assert.Equal($"{folder.Path} has none of ratings.csv, ratings.dat and u.data", await ProblemAsync(folder.Path));
    }

    [Theory, InlineData("ftp://host/ratings.csv"), InlineData("s3://X/ratings.csv"), InlineData("file://ratings.csv")]
    public async Task Find_NoLocation_IsTheCallersMistake(string location) =>
        await Assert.ThrowsAsync<ArgumentException>(() => RatingsSource.FindAsync(location));

    private static string Zip(TemporaryFolder folder, params (string Name, string Content)[] members)
    {
        string path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string content) in members)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(content);
        }

        return path;
    }

    private static async Task<string> ProblemAsync(string location) =>
        (await Assert.ThrowsAsync<RatingsFormatException>(() => RatingsSource.FindAsync(location))).Message;
}
