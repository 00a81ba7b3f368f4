using AotRecTrainer.Cli.Commands;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Cli.Tests.Support;
using Xunit;

namespace AotRecTrainer.Cli.Tests;

public sealed class HelpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--help")]
    [InlineData("train", "--help")]
    [InlineData("local", "--help")]
    [InlineData("status", "--help")]
    [InlineData("cancel", "--help")]
    [InlineData("logs", "--help")]
    [InlineData("evaluate", "--help")]
    [InlineData("recommend", "--help")]
    [InlineData("sweep", "--help")]
    [InlineData("plan", "--help")]
    [InlineData("report", "--help")]
    [InlineData("train", "-h")]
    public async Task Help_AnyCommand_HasExamplesThatParse(params string[] args)
    {
        CommandRun run = await CommandRun.OfAsync(Cancel, args);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        string[] examples =
        [
            .. run.Output.Split('\n').Select(line => line.Trim().TrimEnd('&').Trim())
                .Where(line => line.StartsWith("aotrec ", StringComparison.Ordinal) && line.Contains(' ', StringComparison.Ordinal) && !line.Contains('[', StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(examples);
        Assert.All(examples, line => Assert.Empty(
            CommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null)).Parse(line["aotrec ".Length..]).Errors));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("local")]
    [InlineData("status")]
    [InlineData("cancel")]
    [InlineData("logs")]
    [InlineData("evaluate")]
    [InlineData("recommend")]
    [InlineData("sweep")]
    [InlineData("plan")]
    [InlineData("report")]
    public async Task Help_Command_ExplainsEveryOption(string name)
    {
        CommandRun run = await CommandRun.OfAsync(Cancel, name, "--help");
        var command = CommandLine.Create(new Terminal(TextWriter.Null, TextWriter.Null)).Subcommands.Single(c => c.Name == name);
        Assert.All(command.Options, option =>
        {
            Assert.Contains(option.Name, run.Output, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name);
        });
    }

    [Fact]
    public async Task Version_IsOneLine()
    {
        CommandRun run = await CommandRun.OfAsync(Cancel, "--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }
}
