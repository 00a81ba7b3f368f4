using AotRecTrainer.LocalLambda.Isolation;
using AotRecTrainer.LocalLambda.Tests.Support;
using Xunit;

namespace AotRecTrainer.LocalLambda.Tests.Isolation;

/// <summary>What is written where, on directories made to look like the kernel's; IsolationTests has the kernel's own.</summary>
public sealed class CgroupHierarchyTests : IDisposable
{
    private const long Bytes = 512L * 1024 * 1024;
    private static readonly CpuQuota Quota = new(5_788, 20_000);

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Create_VersionOne_WritesBothTrees()
    {
        Make("memory/cgroup.procs", "memory/own/cgroup.procs", "cpu/cgroup.procs");

        using CgroupHierarchy hierarchy = Open("4:memory:/own\n1:cpu,cpuacct:/\n0::/\n");
        hierarchy.Create("env-1", Bytes, Quota).Add(4711);

        Assert.Equal(1, hierarchy.Version);
        Assert.Equal("536870912", Read($"memory/own/{hierarchy.Name}/env-1/memory.limit_in_bytes"));
        Assert.Equal("20000", Read($"cpu/{hierarchy.Name}/env-1/cpu.cfs_period_us"));
        Assert.Equal("5788", Read($"cpu/{hierarchy.Name}/env-1/cpu.cfs_quota_us"));
        Assert.Equal("4711", Read($"memory/own/{hierarchy.Name}/env-1/cgroup.procs"));
        Assert.Equal("4711", Read($"cpu/{hierarchy.Name}/env-1/cgroup.procs"));
    }

    [Fact]
    public void Create_VersionTwo_WritesTheOneTree()
    {
        Make("cgroup.controllers", "user/session/cgroup.procs");

        using CgroupHierarchy hierarchy = Open("0::/user/session\n");
        hierarchy.Create("env-1", Bytes, Quota).Add(4711);

        Assert.Equal(2, hierarchy.Version);
        Assert.Equal("+memory +cpu", Read($"user/session/{hierarchy.Name}/cgroup.subtree_control"));
        Assert.Equal("536870912", Read($"user/session/{hierarchy.Name}/env-1/memory.max"));
        Assert.Equal("0", Read($"user/session/{hierarchy.Name}/env-1/memory.swap.max"));
        Assert.Equal("5788 20000", Read($"user/session/{hierarchy.Name}/env-1/cpu.max"));
        Assert.Equal("4711", Read($"user/session/{hierarchy.Name}/env-1/cgroup.procs"));
    }

    [Fact]
    public void Open_OwnGroupRefuses_GoesBesideIt()
    {
        Make("cgroup.controllers", "user/cgroup.procs");
        // A file in the place of the group makes it impossible, for a privileged user too.
        Make("user/session");

        using CgroupHierarchy hierarchy = Open("0::/user/session\n");

        Assert.Equal("+memory +cpu", Read($"user/{hierarchy.Name}/cgroup.subtree_control"));
    }

    [Fact]
    public void Open_NoControlGroups_SaysSo()
    {
        Assert.Null(CgroupHierarchy.Open(_root.Path, "", out string problem));

        Assert.Equal($"no control groups at {_root.Path}", problem);
    }

    [Fact]
    public void Open_EverythingRefused_SaysWhy()
    {
        // Files in the places of all groups that this process could come to make it impossible, for a privileged user too.
        Make(["cgroup.controllers", .. Enumerable.Range(1, 1000).Select(n => $"aotrec-local-{Environment.ProcessId}-{n}")]);

        Assert.Null(CgroupHierarchy.Open(_root.Path, "0::/\n", out string problem));

        Assert.Contains("aotrec-local-", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n", false)]
    [InlineData("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", true)]
    [InlineData("memory.events", "low 0\noom 2\noom_kill 2\noom_group_kill 0\n", true)]
    [InlineData("memory.events", "low 0\noom 1\noom_kill 0\n", false)]
    [InlineData("other", "", false)]
    public void RanOutOfMemory_KernelsCount_IsRead(string file, string text, bool ranOut)
    {
        File.WriteAllText(_root.File(file), text);

        Assert.Equal(ranOut, new CgroupMembership(_root.Path, _root.Path).RanOutOfMemory());
    }

    private CgroupHierarchy Open(string membership)
    {
        CgroupHierarchy? hierarchy = CgroupHierarchy.Open(_root.Path, membership, out string problem);
        Assert.Equal("", problem);
        return hierarchy!;
    }

    private string Read(string path) => File.ReadAllText(_root.File(path));

    private void Make(params string[] files)
    {
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_root.File(file))!);
            File.WriteAllText(_root.File(file), "");
        }
    }
}
