using AotRecTrainer.Documents.Tests.Reading;
using Xunit;

namespace AotRecTrainer.Documents.Tests;

/// <summary>Every command and every event in README and docs is one that the programs take.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Names => [.. Document.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_CommandsAndEvents_AreTaken(string name)
    {
        if (Checking.OtherPrograms.Missing is { } reason) TestContext.Current.TestOutputHelper?.WriteLine($"commands of aws are not looked at: {reason}");
        Assert.Empty(DocumentChecks.Problems(Page(name).Text));
    }

    [Theory]
    [InlineData("README.md", 20)]
    [InlineData("docs/deploy.md", 12)]
    [InlineData("docs/local-lambda.md", 9)]
    [InlineData("docs/models.md", 4)]
    [InlineData("docs/task-manager.md", 4)]
    public void Document_Commands_AreSeen(string name, int least)
    {
        ShellCommand[] commands = [.. Blocks.Of(Page(name).Text).SelectMany(ShellReader.Commands)];
        Assert.True(commands.Length >= least, $"{commands.Length} commands:\n{string.Join('\n', commands.AsEnumerable())}");
    }

    private static Document Page(string name) => Document.All.Single(page => page.Name == name);
}
