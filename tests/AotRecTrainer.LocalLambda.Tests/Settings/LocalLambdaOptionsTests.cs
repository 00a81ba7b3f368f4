using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests;

public sealed class LocalLambdaOptionsTests
{
    public static TheoryData<string, Func<LocalLambdaOptions, LocalLambdaOptions>> BadOptions => new()
    {
        { "port 65536, expected 0 to 65535", o => o with { Port = 65536 } },
        { "concurrency 0, expected at least 1", o => o with { Concurrency = 0 } },
        { "3 retries of events, expected 0 to 2", o => o with { AsyncRetries = 3 } },
        { "duplicate every -1th event, expected 0 or more", o => o with { DuplicateEveryNthEvent = -1 } },
        { "init time-out 00:00:00, expected above 0", o => o with { InitTimeout = TimeSpan.Zero } },
        { "two functions are named 'f'", o => o with { Functions = [TestServer.Function(), TestServer.Function()] } },
        { "function name 'a b': expected", o => o with { Functions = [TestServer.Function() with { Name = "a b" }] } },
        { "function f: memory size 127 MB, expected 128 to 10240", o => o with { Functions = [TestServer.Function() with { MemoryMegabytes = 127 }] } },
        { "function f: time-out 901 s, expected", o => o with { Functions = [TestServer.Function() with { Timeout = TimeSpan.FromSeconds(901) }] } },
        { "function f: no executable given", o => o with { Functions = [TestServer.Function() with { Executable = " " }] } },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Start_BadOption_SaysWhich(string message, Func<LocalLambdaOptions, LocalLambdaOptions> change)
    {
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => TestServer.StartAsync(change));

        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreTheServices()
    {
        var options = new LocalLambdaOptions { Functions = [] };

        Assert.Equal((1000, 2, 0), (options.Concurrency, options.AsyncRetries, options.DuplicateEveryNthEvent));
        Assert.Equal(TimeSpan.FromSeconds(10), options.InitTimeout);
        Assert.True(options.Freeze && options.LimitResources);
    }

    [Fact]
    public async Task Start_PortTaken_Fails()
    {
        await using TestServer server = await TestServer.StartAsync();

        await Assert.ThrowsAsync<IOException>(() => TestServer.StartAsync(options => options with { Port = server.Server.Endpoint.Port }));
    }
}
