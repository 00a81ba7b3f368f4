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
