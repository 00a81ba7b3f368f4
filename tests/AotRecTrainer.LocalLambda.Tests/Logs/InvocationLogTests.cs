using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Logs;

public sealed partial class InvocationLogTests
{
    [Fact]
    public async Task Log_ColdThenWarm_HasTheServicesLinesInOrder()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function("print", "starting") with { MemoryMegabytes = 640 });

        Answer cold = await server.InvokeAsync("""{"do":"print","text":"at work"}""", "f", "X-Amz-Log-Type: Tail");
        Answer warm = await server.InvokeAsync("""{"do":"print","text":"at work"}""", "f", "X-Amz-Log-Type: Tail");

        string[] coldLog = cold.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] warmLog = warm.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("starting", coldLog[0]);
        AssertLines(coldLog[1..], cold, isCold: true);
        AssertLines(warmLog, warm, isCold: false);
        Assert.Equal([$"LIMITS {server.Server.Isolation}", .. coldLog, .. warmLog], server.Log);
    }

    [Fact]
    public async Task Report_Figures_AgreeWithEachOther()
    {
        await using TestServer server = await TestServer.StartAsync();

        for (int i = 0; i < 2; i++)
            await server.InvokeAsync("""{"do":"eat","megabytes":100}""", "f", "X-Amz-Log-Type: Tail");

        Assert.All(server.Reports, report =>
        {
            TimeSpan billed = report.Duration + (report.InitDuration ?? TimeSpan.Zero);
            Assert.Equal((long)Math.Ceiling(billed.TotalMilliseconds), report.BilledMilliseconds);
            Assert.True(report.Duration > TimeSpan.Zero);
        });
        // A process holds what it ate: the peak is that of its whole life, at least 100 MB and 100 MB more the second time.
        Assert.InRange(server.Reports[0].MaxMemoryMegabytes, 100, 500);
        Assert.InRange(server.Reports[1].MaxMemoryMegabytes, server.Reports[0].MaxMemoryMegabytes + 90, 600);
        Assert.True(server.Reports[0].InitDuration > TimeSpan.Zero);
    }

    [Fact]
    public async Task LogTail_LongLog_IsItsLastFourKilobytes()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"do":"print","text":"0123456789","times":1000}""", "f", "X-Amz-Log-Type: Tail");

        Assert.Equal(4096, Encoding.UTF8.GetByteCount(answer.LogTail));
        Assert.DoesNotContain("START", answer.LogTail, StringComparison.Ordinal);
        Assert.Matches(ReportPattern(), answer.LogTail.Split('\n')[^2]);
    }

    [Fact]
    public async Task Log_Timeout_SaysSoBeforeEnd()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Timeout = TimeSpan.FromMilliseconds(200) });

        Answer answer = await server.InvokeAsync("""{"do":"sleep"}""", "f", "X-Amz-Log-Type: Tail");

        string[] log = answer.LogTail.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("Task timed out after 0.20 seconds", log[^3], StringComparison.Ordinal);
        Assert.StartsWith("END", log[^2], StringComparison.Ordinal);
        Assert.EndsWith("\tStatus: timeout\t", log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_Crash_ReportsTheErrorType()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"do":"exit","code":9}""", "f", "X-Amz-Log-Type: Tail");

        Assert.EndsWith("\tStatus: error\tError Type: Runtime.ExitError\t\n", answer.LogTail, StringComparison.Ordinal);
        Assert.Contains("Error: Runtime exited with error: exit status 9\n", answer.LogTail, StringComparison.Ordinal);
    }

    private static void AssertLines(string[] lines, Answer answer, bool isCold)
    {
        string id = answer.Header("x-amzn-RequestId")!;
        Assert.Equal($"START RequestId: {id} Version: $LATEST", lines[0]);
        Assert.Equal($"INSTANCE env-1 pid {answer.ProcessId} {(isCold ? "cold" : "warm")} RequestId: {id}", lines[1]);
        Assert.Equal(["at work", "to stderr"], lines[2..4].Order(StringComparer.Ordinal)); // two pipes: in any order
        Assert.Equal($"END RequestId: {id}", lines[4]);
        Match report = ReportPattern().Match(lines[5]);
        Assert.True(report.Success, lines[5]);
        Assert.Equal(id, report.Groups["id"].Value);
        Assert.Equal("640", report.Groups["size"].Value);
        Assert.Equal(isCold, report.Groups["init"].Success);
        double init = isCold ? Number(report.Groups["init"]) : 0;
        // Each figure is rounded by itself.
        Assert.InRange(Number(report.Groups["billed"]) - Number(report.Groups["duration"]) - init, -0.02, 1.02);
        Assert.Equal(6, lines.Length);
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^REPORT RequestId: (?<id>\S+)\tDuration: (?<duration>\d+\.\d\d) ms\tBilled Duration: (?<billed>\d+) ms\t"
        + @"Memory Size: (?<size>\d+) MB\tMax Memory Used: (?<used>\d+) MB\t(Init Duration: (?<init>\d+\.\d\d) ms\t)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReportPattern();
}
