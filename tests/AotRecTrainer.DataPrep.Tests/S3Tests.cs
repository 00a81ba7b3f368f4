using System.Text;
using AotRecTrainer.DataPrep.Tests.Support;
using AotRecTrainer.Dataset;
using AotRecTrainer.Storage;

namespace AotRecTrainer.DataPrep.Tests;

/// <summary>Both ends in S3, against a server that speaks its protocol.</summary>
public sealed class S3Tests(S3Fixture server) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task Shard_FromAndToS3_GivesTheSameBytesAsOnDisk()
    {
        string bucket = server.Require();
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", Ratings.Csv);
        folder.Write("movies.csv", "movieId,title,genres\n5,Five,Drama\n");
        using IObjectStore store = ObjectStores.Open($"{bucket}/in");
        foreach (string name in new[] { "ratings.csv", "movies.csv" })
        {
            await store.PutAsync($"ml small/{name}", File.ReadAllBytes(folder[name]));
        }

        await InProcess.DoneAsync("shard", "--input", folder.Path, "--output", folder["out"]);
        foreach ((string location, int number) in new[] { "ml%20small", "ml%20small/", "ml%20small/ratings.csv" }.Select((at, number) => (at, number)))
        {
            string output = await InProcess.DoneAsync("shard", "--input", $"{bucket}/in/{location}", "--output", $"{bucket}/out{number}");
            Assert.Contains("\n1 titles from ", output, StringComparison.Ordinal);
            using IObjectStore written = ObjectStores.Open($"{bucket}/out{number}");
            Assert.Equal(File.ReadAllBytes(folder["out/manifest.json"]), await written.GetAsync("manifest.json"));
            await InProcess.DoneAsync("verify", $"{bucket}/out{number}");
        }

        Assert.StartsWith($"{bucket}/out1, format version 1\n", await InProcess.DoneAsync("inspect", $"{bucket}/out1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shard_InputOfManyRanges_IsReadInOrder()
    {
        string bucket = server.Require();
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("synth", "--users", "5000", "--items", "400", "--ratings", "500000", "--output", folder["big.dat"]);
        using IObjectStore store = ObjectStores.Open(bucket);
        byte[] content = File.ReadAllBytes(folder["big.dat"]);
        Assert.True(content.Length > 9 << 20);
        await store.PutAsync("big.dat", content);
        await InProcess.DoneAsync("shard", "--input", folder["big.dat"], "--output", folder["out"]);
        await InProcess.DoneAsync("shard", "--input", $"{bucket}/big.dat", "--output", $"{bucket}/big");
        Assert.Equal(File.ReadAllBytes(folder["out/manifest.json"]), await store.GetAsync("big/manifest.json"));
    }

    [Fact]
    public async Task Synth_ToS3_IsTheFile()
    {
        string bucket = server.Require();
        using var folder = new TemporaryFolder();
        string[] options = ["--users", "30", "--items", "30", "--ratings", "700"];
        await InProcess.DoneAsync(["synth", .. options, "--output", folder["a.dat"]]);
        await InProcess.DoneAsync(["synth", .. options, "--output", $"file://{folder["b.dat"]}"]);
        await InProcess.DoneAsync(["synth", .. options, "--output", $"{bucket}/made/c.dat"]);
        using IObjectStore store = ObjectStores.Open(bucket);
        Assert.Equal(File.ReadAllBytes(folder["a.dat"]), File.ReadAllBytes(folder["b.dat"]));
        Assert.Equal(File.ReadAllBytes(folder["a.dat"]), await store.GetAsync("made/c.dat"));
    }

    [Fact]
    public async Task Shard_NothingAtTheKey_IsWrongInput()
    {
        string bucket = server.Require();
        Outcome outcome = await InProcess.RunAsync("shard", "--input", $"{bucket}/nowhere", "--output", $"{bucket}/out");
        Assert.Equal((2, $"{bucket}/nowhere/ has none of ratings.csv, ratings.dat and u.data"), (outcome.ExitCode, outcome.Problem));
    }

    [Fact]
    public async Task Shard_BadFileInS3_WritesNothing()
    {
        string bucket = server.Require();
        using IObjectStore store = ObjectStores.Open(bucket);
        await store.PutAsync("bad.dat", Encoding.ASCII.GetBytes(Ratings.Dat + "1::2::NaN::4\n"));
        Outcome outcome = await InProcess.RunAsync("shard", "--input", $"{bucket}/bad.dat", "--output", $"{bucket}/bad-out");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal($"{bucket}/bad.dat line 301: rating 'NaN' is not a finite number; 1 bad line in all, nothing was written", outcome.Problem);
        await foreach (string key in store.ListAsync("bad-out/"))
        {
            Assert.Fail(key);
        }
    }

    [Fact]
    public async Task Shard_NoSuchBucket_FailsWithOneLine()
    {
        server.Require();
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("shard", "--input", folder.Write("in", Ratings.Dat), "--output", "s3://no-such-bucket/out");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("NoSuchBucket", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_ToS3_IsPutThereOnceAndShardReadsIt()
    {
        string bucket = server.Require();
        byte[] archive = DownloadCommandTests.Archive();
        await using var publisher = new ArchiveServer(archive) { Breaks = 1 };
        string[] command = ["download", "ml-1m", "--output", $"{bucket}/archives", "--from", publisher.Address];
        string output = await InProcess.DoneAsync(command);
        Assert.StartsWith($"{bucket}/archives/ml-1m.zip: {archive.Length:N0} bytes", output, StringComparison.Ordinal);
        using IObjectStore store = ObjectStores.Open($"{bucket}/archives");
        Assert.Equal(archive, await store.GetAsync("ml-1m.zip"));
        Assert.StartsWith($"{bucket}/archives/ml-1m.zip is there already", await InProcess.DoneAsync(command), StringComparison.Ordinal);
        Assert.Equal(["", "bytes=1000-"], publisher.Ranges);
        await InProcess.DoneAsync("shard", "--input", $"{bucket}/archives/ml-1m.zip", "--output", $"{bucket}/shards");
    }

    [Fact]
    public async Task Program_KilledWhileWriting_LeavesNoDataSet()
    {
        string bucket = server.Require();
        using var folder = new TemporaryFolder();
        using IObjectStore store = ObjectStores.Open($"{bucket}/out");
        using var program = ProgramProcess.Start(
            "shard", "--input", folder.Write("in", Ratings.Dat), "--output", $"{bucket}/out", "--shards", "30");
        await program.UntilAsync(() => store.GetLengthAsync("train/shard-00003.parquet").AsTask().Result is not null);
        program.Kill();
        await program.EndAsync();
        Assert.Null(await store.GetLengthAsync("manifest.json"));
        Assert.Equal(2, (await InProcess.RunAsync("inspect", $"{bucket}/out")).ExitCode);

        // Training opens a data set in this way.
        await Assert.ThrowsAsync<DatasetException>(() => DatasetReader.OpenAsync(store));
    }
}
