using System.Text;
using AotRecTrainer.Lambda.Runtime;
using AotRecTrainer.Lambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.Lambda.Tests.Runtime;

public sealed class RuntimeApiClientTests
{
    [Theory]
    [InlineData("127.0.0.1:9001", "http://127.0.0.1:9001/2018-06-01/")]
    [InlineData("localhost:5050/fn", "http://localhost:5050/fn/2018-06-01/")]
    [InlineData("localhost:5050/a/b/", "http://localhost:5050/a/b/2018-06-01/")]
    public void Address_WithOrWithoutPath_GivesTheBase(string address, string expected)
    {
        using var client = new RuntimeApiClient(address);

        Assert.Equal(expected, client.BaseAddress.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://localhost:9001")]
    [InlineData("localhost:port")]
    [InlineData("localhost:9001?x=1")]
    public void Address_ThatIsNone_SaysWhatWasFound(string address)
    {
        RuntimeApiException e = Assert.Throws<RuntimeApiException>(() => new RuntimeApiClient(address));

        Assert.StartsWith($"AWS_LAMBDA_RUNTIME_API is '{address}', expected host:port", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_Event_IsReadWithAllItsHeaders()
    {
        await using var server = new TestServer(_ => new HttpAnswer(
            200,
            "{\"n\":1}",
            ("lambda-runtime-aws-request-id", "id-1"),
            ("Lambda-Runtime-Deadline-Ms", "1542409706888"),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f"),
            ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7;Sampled=1")));
        using var client = new RuntimeApiClient(server.Address + "/fn");

        Invocation invocation = await client.NextAsync(CancellationToken.None);

        Assert.Equal("id-1", invocation.RequestId);
        Assert.Equal("{\"n\":1}", Encoding.UTF8.GetString(invocation.Payload.Span));
        Assert.Equal(new DateTimeOffset(2018, 11, 16, 23, 8, 26, 888, TimeSpan.Zero), invocation.Deadline);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:f", invocation.FunctionArn);
        Assert.Equal("Root=1-5bef4de7;Sampled=1", invocation.TraceId);
        HttpCall call = Assert.Single(server.Calls);
        Assert.Equal("GET", call.Method);
        Assert.Equal("/fn/2018-06-01/runtime/invocation/next", call.Path);
    }

    [Fact]
    public async Task Next_OnlyTheRequestId_LeavesTheRestOpen()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, "", ("Lambda-Runtime-Aws-Request-Id", "id")));
        using var client = new RuntimeApiClient(server.Address);

        Invocation invocation = await client.NextAsync(CancellationToken.None);

        Assert.Equal(DateTimeOffset.MaxValue, invocation.Deadline);
        Assert.Equal("", invocation.FunctionArn);
        Assert.Null(invocation.TraceId);
        Assert.True(invocation.Payload.IsEmpty);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    public async Task Next_BadDeadline_IsRefused(string deadline)
    {
        await using var server = new TestServer(
            _ => new HttpAnswer(200, "", ("Lambda-Runtime-Aws-Request-Id", "id"), ("Lambda-Runtime-Deadline-Ms", deadline)));
        using var client = new RuntimeApiClient(server.Address);

        RuntimeApiException e = await Assert.ThrowsAsync<RuntimeApiException>(() => client.NextAsync(CancellationToken.None));

        Assert.Contains($"'{deadline}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_NoRequestId_IsRefused()
    {
        await using var server = new TestServer(_ => new HttpAnswer(200, "{}"));
        using var client = new RuntimeApiClient(server.Address);

        RuntimeApiException e = await Assert.ThrowsAsync<RuntimeApiException>(() => client.NextAsync(CancellationToken.None));

        Assert.Contains("Lambda-Runtime-Aws-Request-Id", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Next_Refused_IsNotRepeatedAndSaysWhy(int status)
    {
        await using var server = new TestServer(_ => new HttpAnswer(status, "{\"errorType\":\"Forbidden\",\"errorMessage\":\"not now\"}"));
        using var client = new RuntimeApiClient(server.Address);

        RuntimeApiException e = await Assert.ThrowsAsync<RuntimeApiException>(() => client.NextAsync(CancellationToken.None));

        Assert.Equal($"runtime/invocation/next: status {status}, expected 200: Forbidden: not now", e.Message);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Next_EventWithoutEnd_IsRefused()
    {
        await using var server = new TestServer(
            _ => new HttpAnswer(200, new byte[9 * 1024 * 1024], ("Lambda-Runtime-Aws-Request-Id", "id")));
        using var client = new RuntimeApiClient(server.Address);

        await Assert.ThrowsAsync<RuntimeApiException>(() => client.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Next_DroppedOnAUsedConnection_IsNotAskedAgain()
    {
        int calls = 0;
        await using var server = new TestServer(_ => Interlocked.Increment(ref calls) == 1
            ? new HttpAnswer(200, "", ("Lambda-Runtime-Aws-Request-Id", "id"))
            : HttpAnswer.Drop);
        using var client = new RuntimeApiClient(server.Address);
        await client.NextAsync(CancellationToken.None);

        await Assert.ThrowsAsync<RuntimeApiException>(() => client.NextAsync(CancellationToken.None));

        Assert.Equal([0, 0], server.Calls.Select(c => c.Connection));
    }

    [Fact]
    public async Task PostResponse_IdWithOddCharacters_IsEscaped()
    {
        await using var server = new TestServer(_ => new HttpAnswer(202));
        using var client = new RuntimeApiClient(server.Address);

        await client.PostResponseAsync("a/../b?c", "1"u8.ToArray(), CancellationToken.None);

        Assert.Equal("/2018-06-01/runtime/invocation/a%2F..%2Fb%3Fc/response", Assert.Single(server.Calls).Path);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task PostResponse_NotAccepted_Throws(int status)
    {
        await using var server = new TestServer(_ => new HttpAnswer(status, "not json"));
        using var client = new RuntimeApiClient(server.Address);

        RuntimeApiException e = await Assert.ThrowsAsync<RuntimeApiException>(
            () => client.PostResponseAsync("id", "1"u8.ToArray(), CancellationToken.None));

        Assert.Equal($"runtime/invocation/id/response: status {status}, expected 202", e.Message);
        Assert.Single(server.Calls);
    }
}
