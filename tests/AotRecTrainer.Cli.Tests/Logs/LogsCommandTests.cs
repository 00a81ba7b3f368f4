using AotRecTrainer.Cli.Tests.Support;
using AotRecTrainer.Training.Messages;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Logs;

/// <summary><c>aotrec logs</c> on the file of a local stand-in: a coordinator, two workers of which one is killed, and a resumed run after it.</summary>
public sealed class LogsCommandTests
{
    private const string Killed = "RequestId: w2 Error: Runtime exited with error: signal: killed";
    private const string Again = "2026-11-25T09:13:11.950Z\tc1\tWARN\tround 1: shards 1 again, attempt 2: it died";
    private const string Failed = "2026-11-25T09:13:12.000Z\tc1\tERROR\tthe event failed";
    private static readonly string[] Lines =
    [
        "LIMITS memory and CPU are limited",
        "2026-11-25T09:13:11.868Z\t-\tINFO\tbootstrap pid 10: kernel scalar",
        "START RequestId: c1 Version: $LATEST",
        "INSTANCE env-1 pid 10 cold RequestId: c1",
        "2026-11-25T09:13:11.892Z\tc1\tINFO\trun demo: coordinator 1 begins",
        "START RequestId: w1 Version: $LATEST",
        "START RequestId: w2 Version: $LATEST",
        "INSTANCE env-2 pid 11 cold RequestId: w1",
        "INSTANCE env-3 pid 12 cold RequestId: w2",
        "END RequestId: w1",
        Killed,
        Again,
        "START RequestId: w3 Version: $LATEST",
        "INSTANCE env-2 pid 11 warm RequestId: w3",
        "END RequestId: w3",
        Failed,
        "   at AotRecTrainer.Somewhere",
        "BILLED aotrec Requests: 4",
        "LIMITS memory and CPU are limited",
        "START RequestId: c2 Version: $LATEST",
        "INSTANCE env-1 pid 20 cold RequestId: c2",
        "END RequestId: c2",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_WithoutAChoice_AreTheWholeFile() => Assert.Equal(Lines, await ReadAsync());

    [Theory]
    [InlineData(0, "c1", "c2")]
    [InlineData(1, "w1", "w3")]
    [InlineData(2, "w2")]
    public async Task Logs_OfAProcess_AreThoseOfItsEvents(int process, params string[] requests)
    {
        string[] own = [.. Lines.Where(line => requests.Any(id => line.Contains($"RequestId: {id}", StringComparison.Ordinal) || line.Contains($"\t{id}\t", StringComparison.Ordinal)))];
        string[] traced = process == 0 ? [.. own[..^3], Lines[16], .. own[^3..]] : own;
        Assert.Equal(traced, await ReadAsync("--worker", $"{process}"));
    }

    [Theory]
    [InlineData("warn", Killed, Again, Failed, "   at AotRecTrainer.Somewhere")]
    [InlineData("ERROR", Killed, Failed, "   at AotRecTrainer.Somewhere")]
    [InlineData("fatal")]
    public async Task Logs_OfALevel_AreThoseThatMatterAsMuch(string level, params string[] expected) =>
        Assert.Equal(expected, await ReadAsync("--level", level));

    [Fact]
    public async Task LogsFollow_OfARunThatGoesOn_ShowWhatComesAndEndWithIt()
    {
        using StoredRun stored = new(RunState.Running);
        string path = Path.Combine(stored.Folder, "..", "demo.log");
        await File.WriteAllTextAsync(path, "first\nsec", Cancel);
        Task<CommandRun> following = CommandRun.OfAsync(Cancel, "logs", stored.Folder, "--follow");
        await Task.Delay(100, Cancel);
        await File.AppendAllTextAsync(path, "ond\n", Cancel);
        await Task.Delay(100, Cancel);
        Assert.False(following.IsCompleted, "the run goes on");
        await File.AppendAllTextAsync(path, "third\n", Cancel);
        stored.WriteLease(RunState.Complete, beat: 8);
        CommandRun run = await following;
        Assert.Equal((0, "first\nsecond\nthird\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Logs_OfARunWithoutAFile_SayWhereItWouldBe()
    {
        using StoredRun stored = new(RunState.Complete);
        CommandRun run = await CommandRun.OfAsync(Cancel, "logs", stored.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: there is no log at ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_FromAwsWithoutARegion_AskForOne()
    {
        using StoredRun stored = new(RunState.Complete);
        CommandRun run = await CommandRun.OfAsync(Cancel, "logs", stored.Folder, "--function", "aotrec-coordinator");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: AWS_REGION is ''", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task<string[]> ReadAsync(params string[] options)
    {
        using StoredRun stored = new(RunState.Failed);
        await File.WriteAllLinesAsync(Path.Combine(stored.Folder, "..", "demo.log"), Lines, Cancel);
        CommandRun run = await CommandRun.OfAsync(Cancel, ["logs", stored.Folder, .. options]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
