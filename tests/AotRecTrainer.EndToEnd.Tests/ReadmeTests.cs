using System.Text.RegularExpressions;
using AotRecTrainer.EndToEnd.Tests.Support;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests;

/// <summary>README's commands and options are those that the programs have.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));

    [Fact]
    public void Readme_Commands_AreTheTwo()
    {
        string[] commands = [.. Text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.Equal(["./scripts/quickstart.sh", "./scripts/test.sh"], commands);
    }

    [Theory]
    [InlineData("./scripts/quickstart.sh")]
    [InlineData("./scripts/test.sh")]
    public async Task Readme_Command_RunsFromTheCheckoutAndExplainsItself(string command)
    {
        ProgramRun run = (await ProgramRun.OfAsync("bash", ["-c", $"{command} --help"], variables: null, Checkout.Root)).ShouldSucceed();
        Assert.StartsWith($"Usage: {command[2..]}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_Options_AreInTheHelp()
    {
        ProgramRun quickstart = (await ProgramRun.OfAsync(Path.Combine(Checkout.Root, "scripts", "quickstart.sh"), "--help")).ShouldSucceed();
        ProgramRun train = (await ProgramRun.OfAsync(Checkout.Aotrec, "train", "--help")).ShouldSucceed();
        string[] options = [.. InlineOption().Matches(Text).Select(match => match.Groups["option"].Value).Where(option => option != "--help")];
        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains($"{option} ", quickstart.Output, StringComparison.Ordinal));
        Assert.All(
            options.Where(option => option != "--data"), option => Assert.Contains($"{option} ", train.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_Links_LeadSomewhere()
    {
        string[] links = [.. Link().Matches(Text).Select(match => match.Groups["target"].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Checkout.Root, link)), link));
    }

    [GeneratedRegex("`(?<option>--[a-z-]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineOption();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
