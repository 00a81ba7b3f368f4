using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Isolation;

public sealed class IsolationTests
{
    [Fact]
    public async Task Idle_Process_IsFrozenAndGoesOnWithTheNextEvent()
    {
        await using TestServer server = await TestServer.StartAsync();

        for (int i = 1; i <= 3; i++)
        {
            Answer answer = await server.InvokeAsync("{}");
            Assert.Equal(i, (int)answer.Json["count"]!);
            await Eventually.Async(() => Processes.State(answer.ProcessId), state => state == 'T');
        }
    }

    [Fact]
    public async Task Idle_NotToBeFrozen_Sleeps()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { Freeze = false });

        Answer answer = await server.InvokeAsync("{}", "f", "X-Amz-Log-Type: Tail");

        Assert.NotEqual('T', Processes.State(answer.ProcessId));
        Assert.EndsWith("; idle processes are not frozen", server.Server.Isolation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_ManyInTurn_NoneIsLostToFreezing()
    {
        await using TestServer server = await TestServer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            for (int i = 0; i < 60; i++)
                Assert.Equal(200, (await server.InvokeAsync("{}")).Status);
        }));

        IReadOnlyList<InvocationReport> reports = await Eventually.Async(() => server.Reports, r => r.Count == 180);
        Assert.All(reports, report => Assert.Equal("success", report.Status));
        Assert.InRange(reports.Select(r => r.ProcessId).Distinct().Count(), 1, 6);
    }

    [Fact]
    public async Task Limits_WhereTheMachineAllowsThem_AreInForce()
    {
        await using TestServer server = await TestServer.StartAsync(
            options => options with { CpuScale = 0.5 }, TestServer.Function() with { MemoryMegabytes = 884 });
        Skip.Unless(server.Server.Isolation.StartsWith("memory and CPU are limited", StringComparison.Ordinal), server.Server.Isolation);

        int process = (await server.InvokeAsync("{}")).ProcessId;

        Assert.Equal(884L * 1024 * 1024, long.Parse(GroupFile(process, "memory", "memory.limit_in_bytes", "memory.max")));
        // 884 of 1769 MB, halved: a quarter of a CPU.
        string quota = GroupFile(process, "cpu", "cpu.cfs_quota_us", "cpu.max").Split(' ')[0];
        Assert.Equal("4997", quota);
    }

    [Fact]
    public async Task Limits_AfterTheEnd_LeaveNoGroup()
    {
        string[] GroupsOfThisProcess() => [.. Directory.EnumerateDirectories("/sys/fs/cgroup", $"aotrec-local-{Environment.ProcessId}-*",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true }).SelectMany(Directory.EnumerateDirectories)];
        string environment;
        await using (TestServer server = await TestServer.StartAsync(TestServer.Function() with { Name = "groups" }))
        {
            Skip.Unless(server.Server.Isolation.StartsWith("memory and CPU are limited", StringComparison.Ordinal), server.Server.Isolation);
            int process = (await server.InvokeAsync("{}", "groups")).ProcessId;
            environment = GroupOf(process, "memory");
            Assert.Contains(GroupsOfThisProcess(), group => group.EndsWith(environment, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(GroupsOfThisProcess(), group => group.EndsWith(environment, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_NotAskedFor_AreSaidNotToBeThere()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { LimitResources = false });

        Assert.Equal("memory is watched and CPU is not limited (not asked for); idle processes are frozen", server.Server.Isolation);
        Assert.Contains($"LIMITS {server.Server.Isolation}", server.Log);
    }

    [Fact]
    public async Task Pin_ToOneCpu_HoldsForTheWholeProcess()
    {
        await using TestServer server = await TestServer.StartAsync(options => options with { PinToCpu = 0, Freeze = false });

        int process = (await server.InvokeAsync("{}")).ProcessId;

        Assert.Contains("; all on CPU 0", server.Server.Isolation, StringComparison.Ordinal);
        foreach (string thread in Directory.GetDirectories($"/proc/{process}/task"))
            Assert.Contains("Cpus_allowed_list:\t0", await File.ReadAllLinesAsync(Path.Combine(thread, "status")));
    }

    /// <summary>The path of a process's group in the tree of a controller.</summary>
    private static string GroupOf(int process, string controller)
    {
        string[][] lines = [.. File.ReadAllLines($"/proc/{process}/cgroup").Select(line => line.Split(':', 3))];
        return (lines.FirstOrDefault(line => line[1].Split(',').Contains(controller)) ?? lines.Single(line => line[1].Length == 0))[2];
    }

    private static string GroupFile(int process, string controller, string first, string second)
    {
        string group = GroupOf(process, controller);
        return File.ReadAllText(Directory.Exists($"/sys/fs/cgroup/{controller}")
            ? $"/sys/fs/cgroup/{controller}{group}/{first}"
            : $"/sys/fs/cgroup{group}/{second}").Trim();
    }
}
