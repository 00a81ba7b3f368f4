using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

public sealed class ShardCommandTests
{
    [Fact]
    public async Task Shard_File_WritesADataSetAndTellsItsCounts()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("mine.txt", Ratings.Dat);
        Outcome outcome = await InProcess.RunAsync(
            "shard", "--input", input, "--output", folder["out"], "--shards", "3", "--holdout", "0.2", "--seed", "5");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith($"300 ratings by 30 users of 40 items from {input}\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\nno titles: no movies.csv, movies.dat or u.item beside it\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("(random, holdout 0.2, seed 5)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\n3 shards of ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal($"reading {input}\nwriting file://{folder["out"]}\n", outcome.Error);
        Assert.Equal(
            [
                "mine.txt", "out/.aotrec-lock", "out/items.parquet", "out/manifest.json",
                "out/test/shard-00000.parquet", "out/test/shard-00001.parquet", "out/test/shard-00002.parquet",
                "out/train/shard-00000.parquet", "out/train/shard-00001.parquet", "out/train/shard-00002.parquet",
                "out/users.parquet",
            ],
            folder.Files);
    }

    [Fact]
    public async Task Shard_SameInputTwice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        string dat = folder.Write("a.dat", Ratings.Dat), csv = folder.Write("b.csv", Ratings.Csv);
        await InProcess.DoneAsync("shard", "--input", dat, "--output", folder["one"]);
        await InProcess.DoneAsync("shard", "--input", dat, "--output", $"file://{folder["two"]}");
        await InProcess.DoneAsync("shard", "--input", csv, "--output", folder["three"]);
        string[] files = [.. folder.Files.Where(file => file.StartsWith("one/", StringComparison.Ordinal))];
        Assert.True(files.Length > 25);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(folder[file]);
            Assert.Equal(bytes, File.ReadAllBytes(folder[file.Replace("one/", "two/", StringComparison.Ordinal)]));
            Assert.Equal(bytes, File.ReadAllBytes(folder[file.Replace("one/", "three/", StringComparison.Ordinal)]));
        }
    }

    [Fact]
    public async Task Shard_Folder_TakesTheTitlesBeside()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ratings.csv", Ratings.Csv);
        folder.Write("movies.csv", "movieId,title,genres\n0,\"Zero, the\",Drama\n5,Five,Drama\n999,Never rated,Drama\n");
        string output = await InProcess.DoneAsync("shard", "--input", folder.Path, "--output", folder["out"]);
        Assert.Contains($"\n2 titles from {folder["movies.csv"]}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shard_Duplicates_AreCounted()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("a.dat", Ratings.Dat + "100::0::5::1\n100::35::5::1\n100::0::4::2\n");
        string output = await InProcess.DoneAsync("shard", "--input", input, "--output", folder["out"]);
        Assert.Contains("\n3 ratings replaced by a later one of the same user and item: the last wins\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shard_MoreShardsThanUsers_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string output = await InProcess.DoneAsync(
            "shard", "--input", folder.Write("a.dat", Ratings.Dat), "--output", folder["out"], "--shards", "31");
        Assert.Contains("\n30 shards instead of 31: there are no more users\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_DataSet_ShowsCountsAndShards()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("shard", "--input", folder.Write("a.dat", Ratings.Dat), "--output", folder["out"], "--shards", "2");
        string output = await InProcess.DoneAsync("inspect", folder["out"]);
        Assert.StartsWith($"file://{folder["out"]}, format version 1\n", output, StringComparison.Ordinal);
        Assert.Contains("\n300 ratings by 30 users of 40 items, density 25.000 %, 0 titles\n", output, StringComparison.Ordinal);
        Assert.Contains("scale 1 .. 5", output, StringComparison.Ordinal);
        Assert.Contains("\nshard  users  first user  train", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_NoDataSet_IsWrongInput()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync("inspect", folder.Path);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal($"file://{folder.Path} has no manifest.json: not a data set, or one that was not finished", outcome.Problem);
    }
}
