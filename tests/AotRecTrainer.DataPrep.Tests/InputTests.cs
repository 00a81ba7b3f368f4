using System.IO.Compression;
using System.Text;
using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary>The inputs that <c>shard</c> takes beside MovieLens' own files.</summary>
public sealed class InputTests
{
    [Theory, InlineData("gz"), InlineData("zip")]
    public async Task Shard_Compressed_GivesTheSameBytesAsPlain(string kind)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", Ratings.Csv);
        folder.Write("movies.csv", "movieId,title,genres\n5,Five,Drama\n");
        await InProcess.DoneAsync("shard", "--input", folder.Path, "--output", folder["plain"]);
        string input = folder[$"packed/{(kind == "zip" ? "ml.zip" : "ratings.csv.gz")}"];
        Directory.CreateDirectory(folder["packed"]);
        if (kind == "zip")
        {
            using ZipArchive zip = ZipFile.Open(input, ZipArchiveMode.Create);
            zip.CreateEntryFromFile(folder["ratings.csv"], "ml/ratings.csv");
            zip.CreateEntryFromFile(folder["movies.csv"], "ml/movies.csv");
        }
        else
        {
            foreach (string name in new[] { "ratings.csv", "movies.csv" })
            {
                using var packed = new GZipStream(File.Create(folder[$"packed/{name}.gz"]), CompressionMode.Compress);
                packed.Write(File.ReadAllBytes(folder[name]));
            }
        }

        string output = await InProcess.DoneAsync("shard", "--input", input, "--output", folder["unpacked"]);
        Assert.Contains("\n1 titles from ", output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["plain/manifest.json"]), File.ReadAllBytes(folder["unpacked/manifest.json"]));
    }

    [Fact]
    public async Task Shard_DamagedArchives_AreWrongInput()
    {
        using var folder = new TemporaryFolder();
        byte[] packed;
        using (var bytes = new MemoryStream())
        {
            using (var gzip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
            {
                gzip.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Ratings.Dat, 50))));
            }

            packed = bytes.ToArray();
        }

        packed.AsSpan(packed.Length / 2, 20).Fill(0x55);
        File.WriteAllBytes(folder["a.gz"], packed);
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder["a.gz"], "--output", folder["out"]);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith(folder["a.gz"], outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["a.gz"], folder.Files);
    }

    [Fact]
    public async Task Shard_NamedColumnsAndTextIds_GoIntoTheTablesAndOutAgain()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("log.tsv", "when\tvisitor\tpage\tscore\n2024-05-01\tann\t/home\t80\n2024-05-02\tbob\t/home\t95\n2024-05-03\tann\t/about\t10\n");
        await InProcess.DoneAsync(
            "shard", "--input", input, "--output", folder["out"], "--shards", "1", "--user-column", "visitor", "--item-column", "page",
            "--rating-column", "score", "--timestamp-column", "when", "--split", "time", "2024-05-03");
        string output = await InProcess.DoneAsync("inspect", folder["out"]);
        Assert.Contains("\n2 train and 1 test ratings (time 1714694400), train mean 87.5000, scale 10 .. 95\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\n +bob +/home +95 +2024-05-02 00:00:00 *\n", output);
        await InProcess.DoneAsync("verify", folder["out"]);
    }

    [Theory]
    [InlineData("random, holdout 0.1, seed 42", "random")]
    [InlineData("leave-last 1", "leave-last")]
    [InlineData("leave-last 2", "leave-last", "2")]
    [InlineData("leave-last 2", "leave-last 2")]
    [InlineData("time 978300200", "time", "978300200")]
    [InlineData("time 978300200", "time", "2000-12-31T22:03:20")]
    [InlineData("time 978220800", "time 2000-12-31")]
    public async Task Shard_Split_IsAsTheWordsSay(string told, params string[] words)
    {
        using var folder = new TemporaryFolder();
        string text = Ratings.Dat + "1::1::5::1\n";
        string output = await InProcess.DoneAsync(
            ["shard", "--input", folder.Write("in", text), "--split", .. words, "--output", folder["out"]]);
        Assert.Contains($" test ratings ({told}), ", output, StringComparison.Ordinal);
        await InProcess.DoneAsync("verify", folder["out"]);
    }

    [Theory]
    [InlineData("--split: found 'fair', expected random, leave-last N or time CUTOFF", "fair")]
    [InlineData("--split: found 'leave-last many', expected random, leave-last N or time CUTOFF", "leave-last", "many")]
    [InlineData("--split: 'noon' is neither seconds since 1970 nor a date such as 2000-12-31", "time", "noon")]
    [InlineData("leave-last is 0, expected at least 1", "leave-last", "0")]
    public async Task Shard_WrongSplit_IsWrongInput(string problem, params string[] words)
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync(
            ["shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder["out"], "--split", .. words]);
        Assert.Equal((2, problem), (outcome.ExitCode, outcome.Problem));
        Assert.Equal(["in"], folder.Files);
    }

    [Fact]
    public async Task Shard_MaxRatings_TakesTheFirst()
    {
        using var folder = new TemporaryFolder();
        string output = await InProcess.DoneAsync(
            "shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder["out"], "--max-ratings", "25");
        Assert.StartsWith("25 ratings by 3 users of 25 items", output, StringComparison.Ordinal);
        Outcome none = await InProcess.RunAsync("shard", "--input", folder["in"], "--output", folder["out"], "--max-ratings", "0");
        Assert.Equal((2, "max-ratings is 0, expected at least 1"), (none.ExitCode, none.Problem));
    }

    [Fact]
    public async Task Shard_LittleMemory_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("synth", "--users", "900", "--items", "300", "--ratings", "90000", "--output", folder["in"]);
        await InProcess.DoneAsync("shard", "--input", folder["in"], "--output", folder["roomy"]);
        Outcome tight = await InProcess.RunAsync("shard", "--input", folder["in"], "--output", folder["tight"], "--memory", "1");
        Assert.Contains("\nsorting\n", tight.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["roomy/manifest.json"]), File.ReadAllBytes(folder["tight/manifest.json"]));
    }

    [Fact]
    public async Task Shard_ItsOwnShard_IsParquetInput()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync(
            "shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder["out"], "--shards", "1", "--holdout", "0");
        string output = await InProcess.DoneAsync(
            "shard", "--input", folder["out/train/shard-00000.parquet"], "--output", folder["again"], "--shards", "1", "--holdout", "0");
        Assert.StartsWith("300 ratings by 30 users of 40 items", output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["out/train/shard-00000.parquet"]), File.ReadAllBytes(folder["again/train/shard-00000.parquet"]));
    }
}
