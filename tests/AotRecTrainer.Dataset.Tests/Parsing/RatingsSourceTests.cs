using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

public sealed class RatingsSourceTests
{
    [Theory]
    [InlineData("ratings.csv", "movies.csv")]
    [InlineData("ratings.dat", "movies.dat")]
    [InlineData("u.data", "u.item")]
    public void Find_FolderOrFile_GivesRatingsAndTheirTitles(string ratings, string titles)
    {
        using var folder = new TemporaryFolder();
        string ratingsPath = folder.Write(ratings, "1"), titlesPath = folder.Write(titles, "1");
        Assert.Equal(new RatingsSource(ratingsPath, titlesPath), RatingsSource.Find(folder.Path));
        Assert.Equal(new RatingsSource(ratingsPath, titlesPath), RatingsSource.Find(ratingsPath));
    }

    [Fact]
    public void Find_FileOfAnotherName_TakesWhatTitlesThereAre()
    {
        using var folder = new TemporaryFolder();
        string ratings = folder.Write("mine.txt", "1");
        Assert.Null(RatingsSource.Find(ratings).Titles);
        Assert.Equal(folder.Write("u.item", "1"), RatingsSource.Find(ratings).Titles);
    }

    [Fact]
    public void Find_TwoFilesOfRatings_ItsOwnTitlesGoWithEach()
    {
        using var folder = new TemporaryFolder();
        string csv = folder.Write("ratings.csv", "1"), dat = folder.Write("ratings.dat", "1");
        string csvTitles = folder.Write("movies.csv", "1"), datTitles = folder.Write("movies.dat", "1");
        Assert.Equal(csvTitles, RatingsSource.Find(csv).Titles);
        Assert.Equal(datTitles, RatingsSource.Find(dat).Titles);
        Assert.Equal(
            $"{folder.Path} has ratings.csv and ratings.dat; name the file that is meant",
            Assert.Throws<RatingsFormatException>(() => RatingsSource.Find(folder.Path)).Message);
    }

    [Fact]
    public void Find_NothingThere_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        string missing = Path.Combine(folder.Path, "none");
        Assert.Equal(
            $"{missing} was not found, expected a file of ratings or a folder with one",
            Assert.Throws<RatingsFormatException>(() => RatingsSource.Find(missing)).Message);
        Assert.Equal(
            $"{folder.Path} has none of ratings.csv, ratings.dat and u.data",
            Assert.Throws<RatingsFormatException>(() => RatingsSource.Find(folder.Path)).Message);
    }
}
