using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

public sealed class SynthCommandTests
{
    private static readonly string[] s_small =
        ["synth", "--users", "50", "--items", "60", "--ratings", "1500", "--factors", "3", "--noise", "0.7", "--seed", "3"];

    [Fact]
    public async Task Synth_File_HoldsTheCountsAndTheFloorIsTold()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync([.. s_small, "--output", folder["deep/down.dat"]]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(
            @"^1,500 ratings by 50 users of 60 items, mean 3\.\d{4} stars\n"
            + @"noise floor: RMSE 0\.[67]\d{3} \(the planted model on its own ratings, "
            + @"predictions clipped to 1 \.\. 5\)\nwrote .*/deep/down\.dat in \d+\.\d\d s\n$",
            outcome.Output);
        Assert.Equal($"writing {folder["deep/down.dat"]}\n", outcome.Error);
        Assert.Equal(1500, File.ReadLines(folder["deep/down.dat"]).Count());
        Assert.Equal(["deep/down.dat"], folder.Files);
    }

    [Fact]
    public async Task Synth_ThenShard_IsADataSetWithAllOfIt()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync([.. s_small, "--output", folder["a.dat"]]);
        string output = await InProcess.DoneAsync("shard", "--input", folder["a.dat"], "--output", folder["out"]);
        Assert.StartsWith("1,500 ratings by 50 users of 60 items", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Synth_SameSeed_SameBytes()
    {
        using var folder = new TemporaryFolder();
        await InProcess.DoneAsync([.. s_small, "--output", folder["a"]]);
        await InProcess.DoneAsync([.. s_small, "--output", folder["b"]]);
        await InProcess.DoneAsync([.. s_small[..^1], "4", "--output", folder["c"]]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
        Assert.NotEqual(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["c"]));
    }

    [Theory]
    [InlineData("users is 0, expected at least 1", "--users", "0")]
    [InlineData("ratings is 10, expected at least 120800, 20 a user", "--ratings", "10")]
    [InlineData("noise is -1, expected 0 .. 10", "--noise", "-1")]
    public async Task Synth_OptionOutOfRange_IsWrongInput(string problem, params string[] options)
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync(["synth", "--output", folder["a"], .. options]);
        Assert.Equal((2, problem), (outcome.ExitCode, outcome.Problem));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Synth_OutputThatIsAFolder_IsWrongInput()
    {
        using var folder = new TemporaryFolder();
        Outcome outcome = await InProcess.RunAsync([.. s_small, "--output", folder.Path]);
        Assert.Equal((2, $"--output: '{folder.Path}' is not the name of a file"), (outcome.ExitCode, outcome.Problem));
    }

    [Fact]
    public async Task Synth_OutputThatCannotBeWritten_FailsWithOneLine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        Outcome outcome = await InProcess.RunAsync([.. s_small, "--output", folder["file/below.dat"]]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(folder["file"], outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["file"], folder.Files);
    }
}
