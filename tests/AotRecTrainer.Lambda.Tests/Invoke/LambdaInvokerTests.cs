using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AotRecTrainer.Lambda.Invoke;
using AotRecTrainer.Lambda.Tests.Support;
using AotRecTrainer.Training.Exchange;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Invoke;

public sealed class LambdaInvokerTests
{
    private static readonly SigV4Credentials Key = new("AKIDTEST", "secret", "token/with+signs==");

    [Fact]
    public async Task Invoke_Success_ReturnsPayloadAndSendsDocumentedCall()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, "{\"loss\":1.5}"));
        using LambdaInvoker invoker = Create(server);

        InvokeOutcome outcome = await invoker.InvokeAsync("trainer", "{\"round\":3}"u8.ToArray(), CancellationToken.None);

        Assert.Equal("{\"loss\":1.5}", Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Null(outcome.FunctionError);
        HttpCall call = Assert.Single(server.Calls);
        Assert.Equal("POST", call.Method);
        Assert.Equal("/2015-03-31/functions/trainer/invocations", call.Path);
        Assert.Equal("RequestResponse", call.Header("X-Amz-Invocation-Type"));
        Assert.Equal("application/json", call.Header("Content-Type"));
        Assert.Equal("{\"round\":3}", call.Text);
    }

    [Theory]
    [InlineData("trainer", "/2015-03-31/functions/trainer/invocations")]
    [InlineData(
        "arn:aws:lambda:us-east-1:123456789012:function:trainer:$LATEST",
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Atrainer%3A%24LATEST/invocations")]
    public async Task Invoke_AnyName_SignatureHoldsForWhatIsOnTheWire(string function, string path)
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, "1"));
        using LambdaInvoker invoker = Create(server);

        await invoker.InvokeAsync(function, "{}"u8.ToArray(), CancellationToken.None);

        HttpCall call = Assert.Single(server.Calls);
        Assert.Equal(path, call.Path);
        Assert.Equal(Key.SessionToken, call.Header("X-Amz-Security-Token"));
        string authorization = call.Header("Authorization")!;
        string[] signedNames = authorization.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        Assert.Equal(
            ["content-type", "host", "x-amz-date", "x-amz-invocation-type", "x-amz-security-token"],
            signedNames);
        var time = DateTimeOffset.ParseExact(
            call.Header("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(time, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        SigV4Signature expected = SigV4Signer.Sign(
            new SigV4Request
            {
                Method = call.Method,
                Path = call.Path,
                Headers = signedNames.Select(n => KeyValuePair.Create(n, call.Header(n)!)).ToList(),
                Body = call.Body,
            },
            Key,
            "eu-west-1",
            "lambda",
            time);
        Assert.Equal(expected.Authorization, authorization);
    }

    [Fact]
    public async Task Invoke_FunctionFailed_ReturnsErrorAndItsBody()
    {
        await using var server = new TestServer(
            _ => new HttpAnswer(200, "{\"errorType\":\"Function.OutOfTime\"}", ("X-Amz-Function-Error", "Unhandled")));
        using LambdaInvoker invoker = Create(server);

        InvokeOutcome outcome = await invoker.InvokeAsync("trainer", default, CancellationToken.None);

        Assert.Equal("Unhandled", outcome.FunctionError);
        Assert.Equal("{\"errorType\":\"Function.OutOfTime\"}", Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Single(server.Calls); // a function's own failure is not the invoker's to repeat
    }

    [Fact]
    public async Task InvokeEvent_Accepted_SendsEventType()
    {
        await using var server = new TestServer(_ => new HttpAnswer(202));
        using LambdaInvoker invoker = Create(server);

        await invoker.InvokeEventAsync("trainer", "{}"u8.ToArray(), CancellationToken.None);

        Assert.Equal("Event", Assert.Single(server.Calls).Header("X-Amz-Invocation-Type"));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)] // a dropped connection
    public async Task Invoke_TransientFailures_AreTriedAgain(int status)
    {
        int calls = 0;
        await using var server = new TestServer(_ =>
            Interlocked.Increment(ref calls) < 5 ? (status == 0 ? HttpAnswer.Drop : new HttpAnswer(status)) : new HttpAnswer(200, "7"));
        using LambdaInvoker invoker = Create(server);

        InvokeOutcome outcome = await invoker.InvokeAsync("trainer", "{\"a\":1}"u8.ToArray(), CancellationToken.None);

        Assert.Equal("7", Encoding.UTF8.GetString(outcome.Payload.Span));
        Assert.Equal(5, server.Calls.Count);
        Assert.All(server.Calls, c => Assert.Equal("{\"a\":1}", c.Text));
    }

    [Fact]
    public async Task Invoke_ThrottledForever_GivesUpAfterFiveAttempts()
    {
        await using var server = new TestServer(_ => new HttpAnswer(
            429, "{\"Reason\":\"ConcurrentInvocationLimitExceeded\",\"message\":\"Rate Exceeded.\"}", ("x-amzn-ErrorType", "TooManyRequestsException")));
        using LambdaInvoker invoker = Create(server);

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Equal(5, server.Calls.Count);
        Assert.StartsWith(
            "Invoke of trainer: status 429 TooManyRequestsException: Rate Exceeded. (attempt 5 of 5", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsPermanent);
    }

    [Fact]
    public async Task Invoke_RetryWindowPassed_GivesUpAtOnce()
    {
        await using var server = new TestServer(_ => new HttpAnswer(503));
        using LambdaInvoker invoker = Create(server, o => o with { RetryWindow = TimeSpan.Zero });

        await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Invoke_RetryAfterGiven_WaitsAtLeastUpToTheLongestDelay()
    {
        int calls = 0;
        await using var server = new TestServer(_ =>
            Interlocked.Increment(ref calls) == 1 ? new HttpAnswer(429, "", ("Retry-After", "1000")) : new HttpAnswer(200, "1"));
        using LambdaInvoker invoker = Create(server, o => o with { MaximumDelay = TimeSpan.FromMilliseconds(300) });

        long start = Stopwatch.GetTimestamp();
        await invoker.InvokeAsync("trainer", default, CancellationToken.None);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(280), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(400, "InvalidRequestContentException")]
    [InlineData(403, "AccessDeniedException")]
    [InlineData(404, "ResourceNotFoundException")]
    [InlineData(413, "RequestTooLargeException")]
    public async Task Invoke_Refused_IsNotTriedAgain(int status, string type)
    {
        await using var server = new TestServer(
            _ => new HttpAnswer(status, "{\"Message\":\"no such thing\"}", ("x-amzn-ErrorType", type + ":http://internal.example/")));
        using LambdaInvoker invoker = Create(server);

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeEventAsync("trainer", default, CancellationToken.None));

        Assert.Equal($"Invoke of trainer: status {status} {type}: no such thing", e.Message);
        Assert.True(e.IsPermanent);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Invoke_RefusedWithoutJson_StillNamesTheStatus()
    {
        await using var server = new TestServer(_ => new HttpAnswer(403, "<html>"));
        using LambdaInvoker invoker = Create(server);

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Equal("Invoke of trainer: status 403", e.Message);
    }

    [Fact]
    public async Task Invoke_NobodyListens_FailsWithTheReason()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string address = listener.LocalEndpoint.ToString()!;
        listener.Stop();
        using var invoker = new LambdaInvoker(Options(address));

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Contains("attempt 5 of 5", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsPermanent);
        Assert.IsType<HttpRequestException>(e.InnerException);
    }

    [Fact]
    public async Task Invoke_PayloadOverLimit_IsRefusedBeforeSending()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200));
        using LambdaInvoker invoker = Create(server);

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(
            () => invoker.InvokeAsync("trainer", new byte[(6 * 1024 * 1024) + 1], CancellationToken.None));
        await Assert.ThrowsAsync<InvokeException>(
            () => invoker.InvokeEventAsync("trainer", new byte[(1024 * 1024) + 1], CancellationToken.None));

        Assert.Equal("Invoke of trainer: the event has 6291457 bytes, synchronous calls take at most 6291456", e.Message);
        Assert.True(e.IsPermanent);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Invoke_PayloadAtLimit_IsSent()
    {
        await using var server = new TestServer(c => new HttpAnswer(c.Header("X-Amz-Invocation-Type") == "Event" ? 202 : 200));
        using LambdaInvoker invoker = Create(server);

        await invoker.InvokeAsync("trainer", new byte[6 * 1024 * 1024], CancellationToken.None);
        await invoker.InvokeEventAsync("trainer", new byte[1024 * 1024], CancellationToken.None);

        Assert.Equal([6291456, 1048576], server.Calls.Select(c => c.Body.Length));
    }

    [Fact]
    public async Task Invoke_AnswerWithoutEnd_IsRefusedOnce()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, new byte[9 * 1024 * 1024]));
        using LambdaInvoker invoker = Create(server);

        await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Invoke_NoAnswerInTime_FailsWithoutTryingAgain()
    {
        await using var server = new TestServer(HangAsync);
        using LambdaInvoker invoker = Create(server, o => o with { AttemptTimeout = TimeSpan.FromMilliseconds(250) });

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Equal("Invoke of trainer: no answer within 0.25 s", e.Message);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Invoke_Cancelled_ThrowsCancellation()
    {
        await using var server = new TestServer(HangAsync);
        using LambdaInvoker invoker = Create(server);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.InvokeAsync("trainer", default, source.Token));
    }

    [Fact]
    public async Task Invoke_ManyAtOnce_AllRunTogether()
    {
        const int count = 64;
        int waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new TestServer(async (call, stop) =>
        {
            // Nobody is answered before everybody has arrived.
            if (Interlocked.Increment(ref waiting) == count)
                all.SetResult();
            await all.Task.WaitAsync(stop);
            return new HttpAnswer(200, call.Body);
        });
        using LambdaInvoker invoker = Create(server);

        InvokeOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(
            i => invoker.InvokeAsync("trainer", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), CancellationToken.None)))
            .WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Enumerable.Range(0, count), outcomes.Select(o => int.Parse(o.Payload.Span, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a b")]
    public async Task Invoke_NameThatIsNone_IsRefused(string function)
    {
        await using var server = new TestServer(_ => new HttpAnswer(200));
        using LambdaInvoker invoker = Create(server);

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync(function, default, CancellationToken.None));

        Assert.True(e.IsPermanent);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Invoke_EndpointWithPath_KeepsIt()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200));
        using LambdaInvoker invoker = Create(server, o => o with { Endpoint = new Uri($"http://{server.Address}/local/") });

        await invoker.InvokeAsync("trainer", default, CancellationToken.None);

        Assert.Equal("/local/2015-03-31/functions/trainer/invocations", Assert.Single(server.Calls).Path);
    }

    [Fact]
    public async Task Invoke_NoCredentials_SaysSoAndSendsNothing()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200));
        using LambdaInvoker invoker = Create(
            server, o => o with { Credentials = _ => throw new InvalidOperationException("none in the chain:\n\n 1: no file\n 2: no role\n") });

        InvokeException e = await Assert.ThrowsAsync<InvokeException>(() => invoker.InvokeAsync("trainer", default, CancellationToken.None));

        Assert.Equal("Invoke of trainer: no AWS credentials: none in the chain:; 1: no file; 2: no role", e.Message);
        Assert.Empty(server.Calls);
    }

    private static async Task<HttpAnswer> HangAsync(HttpCall call, CancellationToken stop)
    {
        await Task.Delay(Timeout.Infinite, stop);
        return HttpAnswer.Drop;
    }

    private static LambdaInvoker Create(TestServer server, Func<LambdaInvokerOptions, LambdaInvokerOptions>? change = null)
    {
        LambdaInvokerOptions options = Options(server.Address);
        return new LambdaInvoker(change is null ? options : change(options));
    }

    private static LambdaInvokerOptions Options(string address) => new()
    {
        Endpoint = new Uri($"http://{address}"),
        Region = "eu-west-1",
        Credentials = _ => ValueTask.FromResult(Key),
        FirstDelay = TimeSpan.FromMilliseconds(1),
    };
}
