using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Api;

public sealed class EventTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Event_FailsEveryTime_IsTriedAgainUnderItsIdAndGivenUp(int retries)
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { AsyncRetries = retries });

        string id = await SendAsync(server, directory, failures: 9);

        IReadOnlyList<string> log = await server.LogWithAsync("EVENT");
        Assert.Equal(
            $"EVENT RequestId: {id} given up after {retries + 1} attempts: Function.Again",
            log.Single(line => line.StartsWith("EVENT", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Repeat(id, retries + 1), await File.ReadAllLinesAsync(directory.File("notes")));
    }

    [Fact]
    public async Task Event_FailsThenSucceeds_IsNotTriedAnyMore()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();

        await SendAsync(server, directory, failures: 1);
        await Eventually.Async(() => server.Reports, r => r.Count == 2);
        // Another retry of the first would come before the second, through the one environment there is.
        await SendAsync(server, directory);

        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count >= 3);
        Assert.Equal(["error", "success", "success"], reports.Select(r => r.Status));
        Assert.Equal(reports[0].RequestId, reports[1].RequestId);
        Assert.DoesNotContain(server.Log, line => line.StartsWith("EVENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_WaitsToBeTriedAgain_TheServerIsNotIdle()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(
            options => options with { AsyncRetries = 1, AsyncRetryDelay = TimeSpan.FromMilliseconds(500) });

        string id = await SendAsync(server, directory, failures: 9);
        await server.Server.WaitUntilIdleAsync(TimeSpan.FromMilliseconds(100));

        Assert.Equal([id, id], await File.ReadAllLinesAsync(directory.File("notes")));
    }

    [Fact]
    public async Task Event_EveryOneDuplicated_RunsTwiceUnderOneId()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { DuplicateEveryNthEvent = 1 });

        string id = await SendAsync(server, directory);

        await Eventually.Async(() => server.Reports, r => r.Count == 2);
        Assert.Equal([id, id], await File.ReadAllLinesAsync(directory.File("notes")));
    }

    [Fact]
    public async Task Event_EverySecondDuplicated_OthersRunOnce()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { DuplicateEveryNthEvent = 2, Concurrency = 1 });

        string[] ids = [await SendAsync(server, directory), await SendAsync(server, directory), await SendAsync(server, directory)];

        await Eventually.Async(() => server.Reports, r => r.Count == 4);
        string[] notes = await File.ReadAllLinesAsync(directory.File("notes"));
        Assert.Equal([1, 2, 1], ids.Select(id => notes.Count(note => note == id)));
    }

    [Fact]
    public async Task Event_NoRoom_WaitsInTheQueueRatherThanBeingRefused()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { Concurrency = 1 });

        for (int i = 0; i < 5; i++)
            await SendAsync(server, directory);

        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count == 5);
        Assert.All(reports, r => Assert.Equal("success", r.Status));
    }

    private static async Task<string> SendAsync(TestServer server, TemporaryDirectory directory, int failures = 0)
    {
        var payload = new JsonObject { ["do"] = "note", ["file"] = directory.File("notes"), ["failures"] = failures };
        Answer answer = await server.InvokeAsync(payload.ToJsonString(), "f", "X-Amz-Invocation-Type: Event");
        Assert.Equal(202, answer.Status);
        return answer.Header("x-amzn-RequestId")!;
    }
}
