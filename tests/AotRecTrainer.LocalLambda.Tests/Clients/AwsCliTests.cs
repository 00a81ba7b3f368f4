using System.Text;
using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Clients;

/// <summary>What the AWS CLI makes of the server's answers.</summary>
public sealed class AwsCliTests
{
    [Fact]
    public async Task Invoke_Synchronous_HasTheAnswerAndItsLogTail()
    {
        await using TestServer server = await TestServer.StartAsync();

        (ClientRun run, string answer) = await new AwsCli(server).InvokeAsync("""{"do":"print","text":"at work"}""", "f", "--log-type", "Tail");

        Assert.Equal((200, "$LATEST"), ((int)run.Json["StatusCode"]!, (string?)run.Json["ExecutedVersion"]));
        Assert.Null(run.Json["FunctionError"]);
        Assert.Equal("at work", (string?)JsonNode.Parse(answer)!["event"]!["text"]);
        string[] log = Encoding.UTF8.GetString(Convert.FromBase64String((string)run.Json["LogResult"]!)).Split('\n');
        Assert.StartsWith("START RequestId: ", log[0], StringComparison.Ordinal);
        Assert.Contains("at work", log);
        Assert.StartsWith("REPORT RequestId: ", log[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_AsynchronousAndDryRun_AreAcceptedWithoutAnAnswer()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();
        var aws = new AwsCli(server);
        string note = new JsonObject { ["do"] = "note", ["file"] = directory.File("notes") }.ToJsonString();

        (ClientRun dry, _) = await aws.InvokeAsync(note, "f", "--invocation-type", "DryRun");
        (ClientRun accepted, string answer) = await aws.InvokeAsync(note, "f", "--invocation-type", "Event");

        Assert.Equal((204, 202, ""), ((int)dry.Json["StatusCode"]!, (int)accepted.Json["StatusCode"]!, answer));
        InvocationReport report = Assert.Single(await Eventually.Async(() => server.Reports, r => r.Count > 0));
        Assert.Equal([report.RequestId], await File.ReadAllLinesAsync(directory.File("notes")));
    }

    [Fact]
    public async Task Invoke_FunctionFails_IsAnAnswerWithFunctionError()
    {
        await using TestServer server = await TestServer.StartAsync();

        (ClientRun run, string answer) = await new AwsCli(server).InvokeAsync("""{"do":"fail","type":"Function.NoModel"}""");

        Assert.Equal((200, "Unhandled"), ((int)run.Json["StatusCode"]!, (string?)run.Json["FunctionError"]));
        Assert.Equal("""{"errorMessage":"no model","errorType":"Function.NoModel"}""", answer);
    }

    [Fact]
    public async Task Invoke_Refused_SaysTheServicesError()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { Concurrency = 1 });
        var aws = new AwsCli(server);
        string meet = new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = 1 }.ToJsonString();
        Task<Answer> first = server.InvokeAsync(meet);
        await Eventually.Async(() => Directory.GetFiles(directory.Path).Length, n => n == 1);

        AssertRefused((await aws.InvokeAsync("{}")).Run, "TooManyRequestsException", "Rate Exceeded.");
        AssertRefused((await aws.InvokeAsync(new string(' ', 6 << 20) + "1")).Run, "RequestTooLargeException", "Request must be smaller than 6291456 bytes");

        await File.WriteAllTextAsync(directory.File("other"), "");
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Functions_MadeChangedAndDeleted_AreAsTheCommandsAsked()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(options => options with { Functions = [] });
        var aws = new AwsCli(server);
        await RunAsync(
            "create-function", "--package-type", "Image", "--code", $"ImageUri={FunctionProgram.Create(directory)}", "--role", "arn:aws:iam::0:role/r",
            "--memory-size", "256", "--timeout", "60", "--environment", "Variables={EXTRA=x}");
        await RunAsync("wait", "function-active-v2");
        JsonNode updated = (await RunAsync("update-function-configuration", "--memory-size", "512")).Json;
        (_, string answer) = await aws.InvokeAsync("{}", "made");
        JsonNode variables = JsonNode.Parse(answer)!["variables"]!;
        await RunAsync("delete-function");
        AssertRefused(await aws.LambdaAsync("get-function", "--function-name", "made"), "ResourceNotFoundException", "Function not found");

        Assert.Equal(("512", "x"), ((string?)variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], (string?)variables["EXTRA"]));
        Assert.Equal((512, 60), ((int)updated["MemorySize"]!, (int)updated["Timeout"]!));

        async Task<ClientRun> RunAsync(params string[] command)
        {
            int options = command[0] == "wait" ? 2 : 1;
            ClientRun run = await aws.LambdaAsync([.. command[..options], "--function-name", "made", .. command[options..]]);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Error}");
            return run;
        }
    }

    private static void AssertRefused(ClientRun run, string type, string message)
    {
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains($"({type})", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
