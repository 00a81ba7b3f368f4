using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Api;

public sealed class InvokeTests
{
    [Fact]
    public async Task Invoke_RequestResponse_AnswersWithTheFunctionsResponse()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"round":3}""", "f", "X-Amz-Invocation-Type: RequestResponse");

        Assert.Equal(200, answer.Status);
        Assert.Equal(3, (int)answer.Json["event"]!["round"]!);
        Assert.Equal("$LATEST", answer.Header("X-Amz-Executed-Version"));
        Assert.Null(answer.Header("X-Amz-Function-Error"));
        Assert.Null(answer.Header("X-Amz-Log-Result"));
        Assert.Equal((string)answer.Json["requestId"]!, answer.Header("x-amzn-RequestId"));
    }

    [Fact]
    public async Task Invoke_NoTypeAndNoPayload_IsSynchronousWithAnEmptyObject()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("");

        Assert.Equal(200, answer.Status);
        Assert.Equal("{}", answer.Json["event"]!.ToJsonString());
    }

    [Fact]
    public async Task Invoke_AnyEvent_ComesWithTheDocumentedHeaders()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Timeout = TimeSpan.FromSeconds(90) });
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        JsonNode got = (await server.InvokeAsync(
            "{}", "f", "X-Amzn-Trace-Id: Root=1-5-a", "X-Amz-Client-Context: eyJhIjoxfQ==")).Json;

        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Assert.InRange(long.Parse((string)got["deadline"]!), before + 90_000, after + 90_000);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:f", (string?)got["arn"]);
        Assert.Equal("Root=1-5-a", (string?)got["trace"]);
        Assert.Equal("""{"a":1}""", (string?)got["clientContext"]);
    }

    [Fact]
    public async Task Invoke_NoTraceGiven_MakesOneUp()
    {
        await using TestServer server = await TestServer.StartAsync();

        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$", (string?)(await server.InvokeAsync("{}")).Json["trace"]);
    }

    [Fact]
    public async Task Invoke_Event_IsAcceptedAtOnceAndRuns()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync(Meet(directory, others: 1), "f", "X-Amz-Invocation-Type: Event");

        // The function waits for a second file, so the answer cannot be its response.
        Assert.Equal((202, ""), (answer.Status, answer.Body));
        await File.WriteAllTextAsync(directory.File("other"), "");
        InvocationReport report = Assert.Single(await Eventually.Async(() => server.Reports, r => r.Count > 0));
        Assert.Equal(("success", answer.Header("x-amzn-RequestId")), (report.Status, report.RequestId));
    }

    [Fact]
    public async Task Invoke_DryRun_ChecksAndStartsNothing()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("{}", "f", "X-Amz-Invocation-Type: DryRun");

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        Assert.Equal(0, server.Server.EnvironmentCount);
        Assert.DoesNotContain(server.Log, line => line.StartsWith("START", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("f")]
    [InlineData("f:$LATEST")]
    [InlineData("000000000000:function:f")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:f")]
    [InlineData("arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af%3A%24LATEST")]
    public async Task Invoke_EveryFormOfTheName_FindsTheFunction(string name)
    {
        await using TestServer server = await TestServer.StartAsync();

        Assert.Equal(204, (await server.InvokeAsync("{}", name, "X-Amz-Invocation-Type: DryRun")).Status);
    }

    [Theory]
    [InlineData("g", "g")]
    [InlineData("f:7", "f:7")]
    [InlineData("arn:aws:s3:us-east-1:000000000000:function:f", "arn:aws:s3:us-east-1:000000000000:function:f")]
    public async Task Invoke_UnknownFunctionOrVersion_Is404(string name, string told)
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("{}", name);

        AssertRefused(answer, 404, "ResourceNotFoundException", $"Function not found: arn:aws:lambda:us-east-1:000000000000:function:{told}");
    }

    [Theory]
    [InlineData("{\"a\":", "Event", "Could not parse request body into json")]
    [InlineData("{} {}", "RequestResponse", "Could not parse request body into json")]
    [InlineData("{}", "Sometimes", "X-Amz-Invocation-Type is 'Sometimes', expected one of RequestResponse, Event, DryRun")]
    public async Task Invoke_BadRequest_Is400(string payload, string type, string message)
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync(payload, "f", $"X-Amz-Invocation-Type: {type}");

        string error = type == "Sometimes" ? "InvalidParameterValueException" : "InvalidRequestContentException";
        AssertRefused(answer, 400, error, message);
        Assert.Equal(0, server.Server.EnvironmentCount);
    }

    [Theory]
    [InlineData("RequestResponse", 6 * 1024 * 1024)]
    [InlineData("Event", 1024 * 1024)]
    public async Task Invoke_PayloadAroundItsLimit_IsRefusedOnlyAboveIt(string type, int limit)
    {
        await using TestServer server = await TestServer.StartAsync();
        string Payload(int bytes) => "\"" + new string('x', bytes - 2) + "\"";

        AssertRefused(
            await server.InvokeAsync(Payload(limit + 1), "f", $"X-Amz-Invocation-Type: {type}"),
            413, "RequestTooLargeException", $"Request must be smaller than {limit} bytes");
        // What the test function does with so long a string does not matter here.
        Assert.InRange((await server.InvokeAsync(Payload(limit), "f", $"X-Amz-Invocation-Type: {type}")).Status, 200, 202);
    }

    [Fact]
    public async Task Invoke_MoreThanTheConcurrency_Is429()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { Concurrency = 1 });
        Task<Answer> first = server.InvokeAsync(Meet(directory, others: 1));
        await Eventually.Async(() => Directory.GetFiles(directory.Path).Length, n => n == 1);

        Answer second = await server.InvokeAsync("{}");
        await File.WriteAllTextAsync(directory.File("other"), "");

        AssertRefused(second, 429, "TooManyRequestsException", "Rate Exceeded.");
        Assert.Equal("ConcurrentInvocationLimitExceeded", (string?)second.Json["Reason"]);
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await server.InvokeAsync("{}")).Status);
    }

    [Fact]
    public async Task Invoke_FunctionReportsAnError_Is200WithItsBodyAndTheHeader()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"do":"fail","type":"Function.NoModel"}""");
        Answer next = await server.InvokeAsync("{}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        Assert.Equal("""{"errorMessage":"no model","errorType":"Function.NoModel"}""", answer.Body);
        Assert.Equal(2, (int)next.Json["count"]!); // the environment goes on
    }

    [Theory]
    [InlineData("Function.Mine", "Function.Mine")]
    [InlineData("Runtime.Mine", "Runtime.Mine")]
    [InlineData("Mine", "Runtime.Unknown")]
    public async Task Invoke_FunctionReportsAnError_OnlyThePlatformsFamiliesAreKept(string given, string kept)
    {
        await using TestServer server = await TestServer.StartAsync();

        await server.InvokeAsync($$"""{"do":"fail","type":"{{given}}"}""");

        Assert.Equal(kept, (await Eventually.Async(() => server.Reports, r => r.Count == 1))[0].ErrorType);
    }

    [Fact]
    public async Task Invoke_ResponseOverItsLimit_IsAFunctionError()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer fits = await server.InvokeAsync("""{"do":"answer-bytes","bytes":6291556}""");
        Answer tooLarge = await server.InvokeAsync("""{"do":"answer-bytes","bytes":6291557}""");

        Assert.Equal((null, 6291556), (fits.Header("X-Amz-Function-Error"), fits.Body.Length));
        Assert.Equal("Unhandled", tooLarge.Header("X-Amz-Function-Error"));
        Assert.Equal("Function.ResponseSizeTooLarge", (string?)tooLarge.Json["errorType"]);
        Assert.Equal(200, tooLarge.Status);
    }

    [Fact]
    public async Task Call_UnknownPath_Is404WithTheServicesForm()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(new Uri(server.Server.Endpoint, "/2015-03-31/functions/f/invocations"));

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("UnknownOperationException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    private static string Meet(TemporaryDirectory directory, int others) =>
        new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = others }.ToJsonString();

    private static void AssertRefused(Answer answer, int status, string type, string message)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(type, answer.Header("x-amzn-ErrorType"));
        Assert.StartsWith(message, (string?)answer.Json["message"], StringComparison.Ordinal);
        Assert.Equal((string?)answer.Json["message"], (string?)answer.Json["Message"]);
        Assert.NotNull(answer.Header("x-amzn-RequestId"));
    }
}
