using System.Text.Json.Nodes;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Environments;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Dispose_IdleProcessesAndTheirChildren_AllEnd()
    {
        TestServer server = await TestServer.StartAsync();
        int process;
        int child;
        await using (server)
        {
            child = int.Parse((await server.InvokeAsync("""{"do":"child"}""")).Body);
            process = (await server.InvokeAsync("{}")).ProcessId;
            Assert.True(Processes.IsAlive(child));
        }

        await Processes.EndedAsync(process);
        await Processes.EndedAsync(child);
        Assert.Equal(0, server.Server.EnvironmentCount);
    }

    [Fact]
    public async Task Dispose_InvocationUnderWay_IsAnsweredAndItsProcessEnds()
    {
        TestServer server = await TestServer.StartAsync();
        int process = (await server.InvokeAsync("{}")).ProcessId;
        Task<Answer> pending = server.InvokeAsync("""{"do":"sleep"}""");
        await server.LogWithAsync("START", 2);

        await server.Server.DisposeAsync();

        Answer answer = await pending;
        Assert.Equal("Unhandled", answer.Header("X-Amz-Function-Error"));
        await Processes.EndedAsync(process);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_WithGrace_LetsInvocationsEnd()
    {
        using var directory = new TemporaryDirectory();
        TestServer server = await TestServer.StartAsync(options => options with { ShutdownGrace = TimeSpan.FromSeconds(30) });
        string meet = new JsonObject { ["do"] = "meet", ["directory"] = directory.Path, ["others"] = 1 }.ToJsonString();
        Task<Answer> pending = server.InvokeAsync(meet);
        await Eventually.Async(() => Directory.GetFiles(directory.Path).Length, n => n == 1);

        Task stopping = server.Server.DisposeAsync().AsTask();
        Answer refused = await server.InvokeAsync("{}");
        await File.WriteAllTextAsync(directory.File("other"), "");

        Assert.Equal((500, "ServiceException"), (refused.Status, refused.Header("x-amzn-ErrorType")));
        Answer answer = await pending;
        Assert.Null(answer.Header("X-Amz-Function-Error"));
        await stopping;
        Assert.False(Processes.IsAlive(answer.ProcessId));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Kill_OfTheServer_LeavesNoProcess()
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        using var http = new HttpClient();
        using var content = new StringContent("{}");
        using HttpResponseMessage response = await http.PostAsync(new Uri(server.Endpoint, "/2015-03-31/functions/f/invocations"), content);
        int function = (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["pid"]!;
        // Frozen, it could not see by itself that the server is gone.
        await Eventually.Async(() => Processes.State(function), state => state == 'T');

        server.Kill();

        await Processes.EndedAsync(function);
    }

    [Fact]
    public async Task Dispose_EventWaitsToBeTriedAgain_DoesNotWaitForIt()
    {
        TestServer server = await TestServer.StartAsync(options => options with { AsyncRetryDelay = TimeSpan.FromHours(1) });
        await server.InvokeAsync("""{"do":"fail"}""", "f", "X-Amz-Invocation-Type: Event");
        await Eventually.Async(() => server.Reports, r => r.Count == 1);

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Dispose_Twice_IsHarmless()
    {
        TestServer server = await TestServer.StartAsync();

        await server.DisposeAsync();
        await server.Server.DisposeAsync();
    }
}
