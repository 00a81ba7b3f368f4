using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task Invoke_OneAfterTheOther_ReusesTheProcess()
    {
        await using TestServer server = await TestServer.StartAsync();

        var answers = new List<Answer>();
        for (int i = 0; i < 5; i++)
            answers.Add(await server.InvokeAsync("{}"));

        Assert.Single(answers.Select(a => a.ProcessId).Distinct());
        Assert.Equal([1, 2, 3, 4, 5], answers.Select(a => (int)a.Json["count"]!));
        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count == 5);
        Assert.Equal([true, false, false, false, false], reports.Select(r => r.InitDuration is not null));
        Assert.Equal(1, server.Server.EnvironmentCount);
    }

    [Fact]
    public async Task Invoke_SeveralAtOnce_EachHasItsOwnProcess()
    {
        const int count = 4;
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync();
        string meet = new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = count - 1 }.ToJsonString();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => server.InvokeAsync(meet)));

        Assert.Equal(count, answers.Select(a => a.ProcessId).Distinct().Count());
        Assert.Equal(count, server.Server.EnvironmentCount);
    }

    [Fact]
    public async Task Invoke_SeveralFunctions_KeepTheirProcessesAndSettingsApart()
    {
        await using TestServer server = await TestServer.StartAsync(
            TestServer.Function() with { Name = "one", MemoryMegabytes = 256, Environment = new Dictionary<string, string> { ["EXTRA"] = "1" } },
            TestServer.Function() with { Name = "two", MemoryMegabytes = 512, Handler = "other" });

        Answer one = await server.InvokeAsync("{}", "one");
        Answer two = await server.InvokeAsync("{}", "two");

        Assert.NotEqual(one.ProcessId, two.ProcessId);
        JsonNode variables = one.Json["variables"]!;
        Assert.Equal("one", (string?)variables["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal("256", (string?)variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("$LATEST", (string?)variables["AWS_LAMBDA_FUNCTION_VERSION"]);
        Assert.Equal("on-demand", (string?)variables["AWS_LAMBDA_INITIALIZATION_TYPE"]);
        Assert.Equal("/aws/lambda/one", (string?)variables["AWS_LAMBDA_LOG_GROUP_NAME"]);
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\].+$", (string?)variables["AWS_LAMBDA_LOG_STREAM_NAME"]);
        Assert.Equal(Path.GetDirectoryName(Environment.ProcessPath), (string?)variables["LAMBDA_TASK_ROOT"]);
        Assert.Equal("1", (string?)variables["EXTRA"]);
        Assert.NotNull(variables["AWS_REGION"]);
        Assert.Equal("bootstrap", (string?)variables["_HANDLER"]);
        Assert.Equal("other", (string?)two.Json["variables"]!["_HANDLER"]);
        Assert.Null(two.Json["variables"]!["EXTRA"]);
    }

    [Fact]
    public async Task Invoke_LongerThanTheTimeout_IsKilledAndSaysSo()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Timeout = TimeSpan.FromMilliseconds(300) });

        Answer answer = await server.InvokeAsync("""{"do":"sleep"}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        string id = answer.Header("x-amzn-RequestId")!;
        Assert.Matches($@"^\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z {id} Task timed out after 0\.30 seconds$", (string?)answer.Json["errorMessage"]);
        Assert.Equal("Sandbox.Timedout", (string?)answer.Json["errorType"]);
        InvocationReport report = Assert.Single(server.Reports);
        Assert.Equal("timeout", report.Status);
        Assert.InRange(report.Duration.TotalMilliseconds, 299, 30_000);
        await Processes.EndedAsync(report.ProcessId);
        Assert.Equal(0, server.Server.EnvironmentCount);
    }

    [Fact]
    public async Task Invoke_AfterATimeout_StartsANewEnvironment()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Timeout = TimeSpan.FromSeconds(2) });
        Answer before = await server.InvokeAsync("{}");

        await server.InvokeAsync("""{"do":"sleep"}""");
        Answer after = await server.InvokeAsync("{}");

        Assert.NotEqual(before.ProcessId, after.ProcessId);
        Assert.Equal(1, (int)after.Json["count"]!);
    }

    [Theory]
    [InlineData("""{"do":"exit","code":7}""", "exit status 7")]
    [InlineData("""{"do":"abort"}""", "signal: killed")]
    public async Task Invoke_ProcessEnds_IsAnExitErrorAndTheNextStartsAnew(string payload, string how)
    {
        await using TestServer server = await TestServer.StartAsync();
        Answer before = await server.InvokeAsync("{}");

        Answer answer = await server.InvokeAsync(payload);
        Answer after = await server.InvokeAsync("{}");

        Assert.Equal((200, "Unhandled"), (answer.Status, answer.Header("X-Amz-Function-Error")));
        Assert.Equal("Runtime.ExitError", (string?)answer.Json["errorType"]);
        Assert.Equal(
            $"RequestId: {answer.Header("x-amzn-RequestId")} Error: Runtime exited with error: {how}", (string?)answer.Json["errorMessage"]);
        Assert.NotEqual(before.ProcessId, after.ProcessId);
        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count == 3);
        Assert.Equal([true, false, true], reports.Select(r => r.InitDuration is not null));
        Assert.Equal([null, "Runtime.ExitError", null], reports.Select(r => r.ErrorType));
    }

    [Fact]
    public async Task Invoke_ExitWithoutReason_SaysSo()
    {
        await using TestServer server = await TestServer.StartAsync();

        Answer answer = await server.InvokeAsync("""{"do":"exit","code":0}""");

        Assert.EndsWith("Error: Runtime exited without providing a reason", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_OverTheMemorySize_IsKilled(bool limitResources)
    {
        await using TestServer server = await TestServer.StartAsync(
            options => options with { LimitResources = limitResources }, TestServer.Function() with { MemoryMegabytes = 256 });

        Answer answer = await server.InvokeAsync("""{"do":"eat","megabytes":400,"forever":true}""");

        Assert.Equal("Runtime.ExitError", (string?)answer.Json["errorType"]);
        Assert.EndsWith("Runtime exited with error: signal: killed", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
        Assert.InRange(Assert.Single(server.Reports).MaxMemoryMegabytes, 256, 1000);
        Assert.Contains("env-1: killed for using more than its memory size of 256 MB", server.Log);
    }

    [Fact]
    public async Task Invoke_EnvironmentPastItsLifetime_StartsANewOne()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { EnvironmentLifetime = TimeSpan.FromMilliseconds(1) });

        Answer first = await server.InvokeAsync("{}");
        await Processes.EndedAsync(first.ProcessId);
        Answer second = await server.InvokeAsync("{}");

        Assert.NotEqual(first.ProcessId, second.ProcessId);
    }

    [Fact]
    public async Task Invoke_LogSettings_AreInTheFunctionsVariables()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { LogFormat = "JSON", LogLevel = "DEBUG" });

        JsonNode variables = (await server.InvokeAsync("{}")).Json["variables"]!;

        Assert.Equal(("JSON", "DEBUG"), ((string?)variables["AWS_LAMBDA_LOG_FORMAT"], (string?)variables["AWS_LAMBDA_LOG_LEVEL"]));
    }

    [Fact]
    public async Task Init_FunctionReportsAnError_IsTheAnswerOfItsInvocation()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function("init-error"));

        Answer answer = await server.InvokeAsync("{}");

        Assert.Equal((200, "Unhandled"), (answer.Status, answer.Header("X-Amz-Function-Error")));
        Assert.Equal("""{"errorMessage":"no kernel","errorType":"Runtime.NoKernel"}""", answer.Body);
        string line = Assert.Single(server.Log, line => line.StartsWith("INIT_REPORT", StringComparison.Ordinal));
        Assert.Matches(@"^INIT_REPORT Init Duration: \d+\.\d\d ms\tPhase: init\tStatus: error\tError Type: Runtime\.NoKernel$", line);
        Assert.Equal(0, server.Server.EnvironmentCount);
    }

    [Fact]
    public async Task Init_ProcessEnds_IsAnExitError()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Function("init-exit"));

        Answer answer = await server.InvokeAsync("{}");

        Assert.Equal("Runtime.ExitError", (string?)answer.Json["errorType"]);
        Assert.Contains("exit status 3", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_LongerThanItsLimit_IsKilled()
    {
        await using TestServer server = await TestServer.StartAsync(
            options => options with { InitTimeout = TimeSpan.FromMilliseconds(400) }, TestServer.Function("init-hang"));

        Answer answer = await server.InvokeAsync("{}");

        Assert.EndsWith("Task timed out after 0.40 seconds", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
        Assert.Contains(server.Log, line => line.StartsWith("INIT_REPORT", StringComparison.Ordinal) && line.Contains("Status: timeout", StringComparison.Ordinal));
        await Processes.EndedAsync(Assert.Single(server.Reports).ProcessId);
    }

    [Fact]
    public async Task Init_NoSuchProgram_IsAnInvalidEntrypoint()
    {
        using var directory = new TemporaryDirectory();
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Executable = directory.File("absent") });

        Answer answer = await server.InvokeAsync("{}");

        Assert.Equal("Runtime.InvalidEntrypoint", (string?)answer.Json["errorType"]);
        Assert.Equal($"f: cannot start {directory.File("absent")}: no such file", (string?)answer.Json["errorMessage"]);
    }

    [Fact]
    public async Task Init_ProgramInThePath_IsFound()
    {
        // A shell is not a function, but it starts.
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Executable = "sh", Arguments = ["-c", "exit 5"] });

        Answer answer = await server.InvokeAsync("{}");

        Assert.Contains("exit status 5", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_NotExecutable_IsAnInvalidEntrypoint()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("text"), "no program");
        await using TestServer server = await TestServer.StartAsync(TestServer.Function() with { Executable = directory.File("text") });

        Answer answer = await server.InvokeAsync("{}");

        Assert.Equal("Runtime.InvalidEntrypoint", (string?)answer.Json["errorType"]);
        Assert.EndsWith("the file is not executable", (string?)answer.Json["errorMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_LongerThanItsLifetime_EndsTheProcess()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { IdleLifetime = TimeSpan.FromMilliseconds(100) });

        Answer first = await server.InvokeAsync("{}");
        await Eventually.Async(() => server.Server.EnvironmentCount, n => n == 0);

        Assert.False(Processes.IsAlive(first.ProcessId));
        Assert.NotEqual(first.ProcessId, (await server.InvokeAsync("{}")).ProcessId);
    }
}
