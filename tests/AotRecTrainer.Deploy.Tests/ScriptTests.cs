using AotRecTrainer.Deploy.Tests.Support;
using Xunit;

namespace AotRecTrainer.Deploy.Tests;

/// <summary>The long verbs themselves are not run here; that they can be called is.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Checkout.PathOf("scripts"), "*.sh", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Checkout.PathOf("scripts"), path))];

    [Theory, MemberData(nameof(Scripts))]
    public async Task Script_Syntax_IsRight(string script) =>
        (await CommandRun.OfAsync("bash", ["-n", Checkout.PathOf("scripts", script)])).ShouldSucceed();

    [Theory]
    [InlineData("publish.sh")]
    [InlineData("image.sh")]
    [InlineData("push-ecr.sh")]
    [InlineData("deploy.sh")]
    [InlineData("destroy.sh")]
    [InlineData("cold-start.sh")]
    [InlineData("record-start.sh")]
    public async Task Help_OfAVerb_StartsWithItsUsage(string script)
    {
        CommandRun run = (await CommandRun.OfScriptAsync(script, ["--help"])).ShouldSucceed();
        Assert.StartsWith($"Usage: scripts/{script}", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("publish.sh", "--runtime windows", "windows")]
    [InlineData("publish.sh", "--code abacus", "abacus")]
    [InlineData("publish.sh", "no-such-program", "no-such-program")]
    [InlineData("image.sh", "build abacus", "abacus")]
    [InlineData("image.sh", "build --builder abacus", "abacus")]
    [InlineData("image.sh", "verify abacus", "abacus")]
    [InlineData("image.sh", "sizes", "sizes")]
    [InlineData("push-ecr.sh", "--frobnicate", "--frobnicate")]
    [InlineData("push-ecr.sh", "--tag", "--tag")]
    [InlineData("deploy.sh", "", "--image")]
    [InlineData("destroy.sh", "--frobnicate", "--frobnicate")]
    [InlineData("destroy.sh", "--stack", "--stack")]
    public async Task Arguments_Wrong_IsOneLineAndCode2(string script, string arguments, string named) =>
        (await CommandRun.OfScriptAsync(script, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldFail(2, named);
}
