using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task Verify_WholeDataSet_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder["out"]);
        Assert.Matches(
            $@"^file://{folder["out"]} is whole: 27 files with 300 ratings, checked in \d+\.\d\d s\n$",
            await InProcess.DoneAsync("verify", folder["out"]));
    }

    [Fact]
    public async Task Verify_AnyFileDamaged_IsWrongInputWithItsName()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync("shard", "--input", folder.Write("in", Ratings.Dat), "--output", folder["out"], "--shards", "2");
        foreach (string file in folder.Files.Where(file => file.EndsWith(".parquet", StringComparison.Ordinal)))
        {
            byte[] whole = File.ReadAllBytes(folder[file]);
            byte[] damaged = [.. whole];
            damaged[^20] ^= 1;
            File.WriteAllBytes(folder[file], damaged);
            Outcome outcome = await InProcess.RunAsync("verify", folder["out"]);
            Assert.Equal(2, outcome.ExitCode);
            Assert.StartsWith($"{file["out/".Length..]}: SHA-256 is ", outcome.Problem, StringComparison.Ordinal);
            File.WriteAllBytes(folder[file], whole);
        }

        Assert.Equal(0, (await InProcess.RunAsync("verify", folder["out"])).ExitCode);
    }
}
