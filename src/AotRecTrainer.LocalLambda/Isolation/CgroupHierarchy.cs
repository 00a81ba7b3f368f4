namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>
/// The place in the machine's control groups where this server keeps those of its environments. Version 1 has a tree for memory and
/// one for the processor; version 2 has one tree for both.
/// </summary>
internal sealed class CgroupHierarchy : IDisposable
{
    private const string Prefix = "aotrec-local-";

    private static int _servers;

    private readonly string _memory;
    private readonly string _cpu;

    private CgroupHierarchy(int version, string memory, string cpu)
    {
        Version = version;
        _memory = memory;
        _cpu = cpu;
    }

    /// <summary>1 or 2.</summary>
    public int Version { get; }

    /// <summary>Name of the place: that of this process, and a number, as there may be several servers in one.</summary>
    public string Name => Path.GetFileName(_memory);

    /// <summary>Makes the place; null, and why, when the machine has none or this process may not.</summary>
    /// <param name="root">Where control groups are mounted: <c>/sys/fs/cgroup</c>.</param>
    /// <param name="membership">The text of <c>/proc/self/cgroup</c>: where in the trees this process is.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static CgroupHierarchy? Open(string root, string membership, out string problem)
    {
        bool isUnified = File.Exists(Path.Combine(root, "cgroup.controllers"));
        if (!isUnified && !File.Exists(Path.Combine(root, "memory", "cgroup.procs")))
        {
            problem = $"no control groups at {root}";
            return null;
        }

        problem = "";
        string name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}";
        foreach ((string memory, string cpu) in Places(root, membership, isUnified))
        {
            var hierarchy = new CgroupHierarchy(isUnified ? 2 : 1, Path.Combine(memory, name), Path.Combine(cpu, name));
            try
            {
                RemoveStale(memory);
                RemoveStale(cpu);
                hierarchy.Create();
                problem = "";
                return hierarchy;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problem = e.Message;
                hierarchy.Dispose();
            }
        }

        return null;
    }

    /// <summary>Makes the group of one environment.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The kernel refuses.</exception>
    public CgroupMembership Create(string environmentId, long memoryBytes, CpuQuota quota)
    {
        string memory = Path.Combine(_memory, environmentId);
        string cpu = Path.Combine(_cpu, environmentId);
        var group = new CgroupMembership(memory, cpu);
        try
        {
            Directory.CreateDirectory(memory);
            Directory.CreateDirectory(cpu);
            if (Version == 2)
            {
                Write(memory, "memory.max", memoryBytes);
                TryWrite(memory, "memory.swap.max", 0);
                Write(cpu, "cpu.max", $"{quota.QuotaMicroseconds} {quota.PeriodMicroseconds}");
            }
            else
            {
                Write(memory, "memory.limit_in_bytes", memoryBytes);
                TryWrite(memory, "memory.memsw.limit_in_bytes", memoryBytes);
                Write(cpu, "cpu.cfs_period_us", quota.PeriodMicroseconds);
                Write(cpu, "cpu.cfs_quota_us", quota.QuotaMicroseconds);
            }

            return group;
        }
        catch
        {
            group.Remove();
            throw;
        }
    }

    public void Dispose()
    {
        CgroupMembership.RemoveDirectory(_memory);
        CgroupMembership.RemoveDirectory(_cpu);
    }

    /// <summary>
    /// Where to try, best first: inside this process's own group, whose limits then hold too; beside it, because a version 2 group with
    /// processes can have no limited children; at the top.
    /// </summary>
    private static IEnumerable<(string Memory, string Cpu)> Places(string root, string membership, bool isUnified)
    {
        string memoryRoot = isUnified ? root : Path.Combine(root, "memory");
        string cpuRoot = isUnified ? root : Path.Combine(root, "cpu");
        string ownMemory = Own(membership, isUnified ? "" : "memory");
        string ownCpu = Own(membership, isUnified ? "" : "cpu");
        List<(string, string)> places =
        [
            (memoryRoot + ownMemory, cpuRoot + ownCpu),
            (memoryRoot + Parent(ownMemory), cpuRoot + Parent(ownCpu)),
            (memoryRoot, cpuRoot),
        ];
        return places.Distinct();

        static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
    }

    /// <summary>The path after <c>number:controllers:</c> of the line that names the controller; empty at the top.</summary>
    private static string Own(string membership, string controller)
    {
        foreach (string line in membership.Split('\n'))
        {
            if (line.Split(':', 3) is [_, var controllers, var path] && controllers.Split(',').Contains(controller))
                return path.TrimEnd('/');
        }

        return "";
    }

    /// <summary>Groups of servers that are gone, which only a killed one leaves.</summary>
    private static void RemoveStale(string parent)
    {
        foreach (string directory in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            string owner = Path.GetFileName(directory)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists($"/proc/{owner}"))
            {
                foreach (string group in Directory.EnumerateDirectories(directory))
                    CgroupMembership.RemoveDirectory(group);
                CgroupMembership.RemoveDirectory(directory);
            }
        }
    }

    private static void Write(string directory, string file, object value) => File.WriteAllText(Path.Combine(directory, file), $"{value}");

    private static void TryWrite(string directory, string file, object value)
    {
        try
        {
            Write(directory, file, value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not every kernel counts swap; the limit on memory stands without it.
        }
    }

    private void Create()
    {
        Directory.CreateDirectory(_memory);
        Directory.CreateDirectory(_cpu);
        if (Version == 2)
            Write(_memory, "cgroup.subtree_control", "+memory +cpu");

        // Only trying shows whether limits may be set.
        Create("probe", 128L * 1024 * 1024, CpuQuota.For(128, 1)).Remove();
    }
}
