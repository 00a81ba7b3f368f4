using AotRecTrainer.DataPrep.Tests.Support;

namespace AotRecTrainer.DataPrep.Tests;

public sealed class HelpTests
{
    private const string ExitCodes = "Exit codes: 0 done, 1 failed while running, 2 the command line or the input is wrong.\n";

    [Theory]
    [InlineData("download", "NAME", "--output", "--from", "--timeout", "ml-latest-small")]
    [InlineData("shard", "--input", "--output", "--shards", "--holdout", "--seed", "--verbose")]
    [InlineData("synth", "--users", "--items", "--ratings", "--factors", "--noise", "--seed", "--output")]
    [InlineData("inspect", "URI")]
    public async Task Help_OfACommand_ShowsOptionsExamplesAndExitCodes(string command, params string[] options)
    {
        foreach (string help in new[] { "--help", "-h" })
        {
            string text = await InProcess.DoneAsync(command, help);
            Assert.All(options, option => Assert.Contains(option, text, StringComparison.Ordinal));
            Assert.Contains($"\nExamples:\n  data-prep {command} ", text, StringComparison.Ordinal);
            Assert.EndsWith(ExitCodes, text, StringComparison.Ordinal);
            Assert.DoesNotContain("???", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_OfTheProgram_ShowsAllExamplesAndEachParses()
    {
        string text = await InProcess.DoneAsync("--help");
        string[] lines = [.. text.Split('\n').Where(line => line.StartsWith("  data-prep ", StringComparison.Ordinal))];
        Assert.True(lines.Length >= 5);
        foreach (string line in lines)
        {
            // With --help behind it a command line is parsed in full and nothing is done.
            Outcome outcome = await InProcess.RunAsync([.. line.Trim().Split(' ').Skip(1), "--help"]);
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        }
    }

    [Fact]
    public async Task Version_IsPrinted() => Assert.StartsWith("0.1.0", await InProcess.DoneAsync("--version"), StringComparison.Ordinal);
}
