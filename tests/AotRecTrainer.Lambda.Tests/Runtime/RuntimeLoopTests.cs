using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Lambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Runtime;

public sealed class RuntimeLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_ThreeEvents_AreAnsweredInTurnOverOneConnection()
    {
        await using var server = new TestServer(Host(["1", "2", "3"]));
        var log = new TestLog();

        int code = await RunAsync(server, (i, _) => Task.FromResult(i.Payload), log);

        Assert.Equal(1, code); // the host is gone after the third
        HttpCall[] posts = server.Calls.Where(c => c.Method == "POST").ToArray();
        Assert.Equal(
            ["/2018-06-01/runtime/invocation/id-0/response", "/2018-06-01/runtime/invocation/id-1/response", "/2018-06-01/runtime/invocation/id-2/response"],
            posts.Select(c => c.Path));
        Assert.Equal(["1", "2", "3"], posts.Select(c => c.Text));
        Assert.All(posts, c => Assert.Equal("application/json", c.Header("Content-Type")));
        Assert.Equal(["GET", "POST", "GET", "POST", "GET", "POST", "GET"], server.Calls.Select(c => c.Method));
        Assert.All(server.Calls, c => Assert.Equal(0, c.Connection));
        Assert.Contains("\t-\tFATAL\tRuntime API failed, the process ends: runtime/invocation/next", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HandlerLogs_NamesTheEventAtHand()
    {
        await using var server = new TestServer(Host(["1", "2"]));
        var log = new TestLog();

        await RunAsync(
            server,
            (i, _) =>
            {
                log.Log.Info($"event {Encoding.UTF8.GetString(i.Payload.Span)}");
                return Task.FromResult(i.Payload);
            },
            log);

        Assert.Equal(
            ["id-0\tINFO\tevent 1", "id-1\tINFO\tevent 2"],
            log.ToString().Split('\n')[..2].Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task Run_HandlerFails_ReportsItAndGoesOn()
    {
        await using var server = new TestServer(Host(["bad", "worse", "good"]));
        var log = new TestLog();

        await RunAsync(
            server,
            (i, _) => i.RequestId switch
            {
                "id-0" => throw new FunctionErrorException("OutOfTime", "too late"),
                "id-1" => throw new InvalidOperationException("no model"),
                _ => Task.FromResult(i.Payload),
            },
            log);

        HttpCall[] posts = server.Calls.Where(c => c.Method == "POST").ToArray();
        Assert.Equal(
            ["/2018-06-01/runtime/invocation/id-0/error", "/2018-06-01/runtime/invocation/id-1/error", "/2018-06-01/runtime/invocation/id-2/response"],
            posts.Select(c => c.Path));
        Assert.Equal(
            ["Function.OutOfTime", "Function.InvalidOperationException", null],
            posts.Select(c => c.Header("Lambda-Runtime-Function-Error-Type")));
        Assert.Equal("application/vnd.aws.lambda.error+json", posts[0].Header("Content-Type"));
        using JsonDocument json = JsonDocument.Parse(posts[1].Body);
        Assert.Equal("Function.InvalidOperationException", json.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("no model", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains("\tid-1\tERROR\tThe event failed: Function.InvalidOperationException: no model\n", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AnswerTooLarge_IsReportedAsAnError()
    {
        await using var server = new TestServer(Host(["1", "2"]));

        await RunAsync(server, (i, _) => Task.FromResult<ReadOnlyMemory<byte>>(new byte[RuntimeLoop.MaximumResponseBytes + (i.RequestId == "id-0" ? 1 : 0)]));

        HttpCall[] posts = server.Calls.Where(c => c.Method == "POST").ToArray();
        Assert.Equal("Function.ResponseSizeTooLarge", posts[0].Header("Lambda-Runtime-Function-Error-Type"));
        Assert.Equal(6 * 1024 * 1024, posts[1].Body.Length);
    }

    [Theory]
    [InlineData(413, false)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    public async Task Run_PostRefused_EndsTheProcess(int status, bool handlerFails)
    {
        Func<HttpCall, HttpAnswer> host = Host(["1", "2"]);
        await using var server = new TestServer(c => c.Method == "POST" ? new HttpAnswer(status) : host(c));
        var log = new TestLog();

        int code = await RunAsync(server, (i, _) => handlerFails ? throw new InvalidOperationException("x") : Task.FromResult(i.Payload), log);

        Assert.Equal(1, code);
        Assert.Equal(2, server.Calls.Count);
        Assert.Contains($"status {status}, expected 202", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HandlerTakesItsTime_IsNotAskedForMoreMeanwhile()
    {
        await using var server = new TestServer(Host(["1", "2"]));
        var running = new ConcurrentQueue<int>();
        int now = 0;

        await RunAsync(server, async (i, _) =>
        {
            running.Enqueue(Interlocked.Increment(ref now));
            await Task.Delay(50, CancellationToken.None);
            Interlocked.Decrement(ref now);
            return i.Payload;
        });

        Assert.Equal([1, 1], running);
    }

    [Fact]
    public async Task Run_Traces_AreInTheEnvironmentForTheirEventOnly()
    {
        int calls = 0;
        await using var server = new TestServer(call => call.Method == "POST" ? new HttpAnswer(202) : ++calls switch
        {
            1 => new HttpAnswer(200, "", ("Lambda-Runtime-Aws-Request-Id", "a"), ("Lambda-Runtime-Trace-Id", "Root=1-a")),
            2 => new HttpAnswer(200, "", ("Lambda-Runtime-Aws-Request-Id", "b")),
            _ => HttpAnswer.Drop,
        });
        var seen = new List<string?>();

        await RunAsync(server, (i, _) =>
        {
            seen.Add(Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult(i.Payload);
        });

        Assert.Equal(["Root=1-a", null], seen);
    }

    [Fact]
    public async Task Run_CancelledWhileWaiting_EndsWell()
    {
        await using var server = new TestServer(async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return HttpAnswer.Drop;
        });
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.Equal(0, await RunAsync(server, (i, _) => Task.FromResult(i.Payload), null, source.Token));
    }

    [Fact]
    public async Task Run_CancelledWhileHandling_StillHandsTheAnswerIn()
    {
        await using var server = new TestServer(Host(["work", "more"]));
        using var source = new CancellationTokenSource();

        int code = await RunAsync(
            server,
            async (i, token) =>
            {
                await source.CancelAsync();
                Assert.True(token.IsCancellationRequested);
                return i.Payload;
            },
            null,
            source.Token);

        Assert.Equal(0, code);
        Assert.Equal(["GET", "POST"], server.Calls.Select(c => c.Method));
        Assert.Equal("work", server.Calls[1].Text);
    }

    [Fact]
    public async Task FailStart_HostListens_ReportsARuntimeError()
    {
        await using var server = new TestServer(_ => new HttpAnswer(202));
        using var client = new RuntimeApiClient(server.Address);
        var log = new TestLog();

        int code = await RuntimeLoop.FailStartAsync(client, new FileNotFoundException("no kernel library"), log.Log);

        Assert.NotEqual(0, code);
        HttpCall call = Assert.Single(server.Calls);
        Assert.Equal("/2018-06-01/runtime/init/error", call.Path);
        Assert.Equal("Runtime.FileNotFoundException", call.Header("Lambda-Runtime-Function-Error-Type"));
        Assert.Contains("no kernel library", call.Text, StringComparison.Ordinal);
        Assert.Contains("no kernel library", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailStart_HostGone_StillLogsAndFails()
    {
        await using var server = new TestServer(_ => HttpAnswer.Drop);
        using var client = new RuntimeApiClient(server.Address);
        var log = new TestLog();

        Assert.NotEqual(0, await RuntimeLoop.FailStartAsync(client, new InvalidOperationException("the reason"), log.Log));

        Assert.Contains("the reason", log.ToString(), StringComparison.Ordinal);
        Assert.Contains("could not be reported", log.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A host that hands out the given events, accepts what is posted and hangs up when asked for more.</summary>
    private static Func<HttpCall, HttpAnswer> Host(string[] events)
    {
        int next = 0;
        return call =>
        {
            if (call.Method == "POST")
                return new HttpAnswer(202);
            if (next == events.Length)
                return HttpAnswer.Drop;
            return new HttpAnswer(200, events[next], ("Lambda-Runtime-Aws-Request-Id", $"id-{next++}"));
        };
    }

    private static async Task<int> RunAsync(
        TestServer server, InvocationHandler handler, TestLog? log = null, CancellationToken cancellationToken = default)
    {
        using var client = new RuntimeApiClient(server.Address);
        return await new RuntimeLoop(client, handler, (log ?? new TestLog()).Log).RunAsync(cancellationToken).WaitAsync(Patience, CancellationToken.None);
    }
}
