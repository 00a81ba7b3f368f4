using System.Globalization;

namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>The control group of one environment.</summary>
/// <param name="memory">Its directory in the tree for memory.</param>
/// <param name="cpu">Its directory in the tree for the processor; the same in version 2.</param>
internal sealed class CgroupMembership(string memory, string cpu)
{
    private const string KillCount = "oom_kill ";

    /// <summary>Puts a process into the group, and what it will start.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Add(int processId)
    {
        foreach (string directory in new[] { memory, cpu }.Distinct())
            File.WriteAllText(Path.Combine(directory, "cgroup.procs"), $"{processId}");
    }

    /// <summary>Whether the kernel has killed a process of the group for want of memory.</summary>
    public bool RanOutOfMemory()
    {
        foreach (string file in (string[])["memory.events", "memory.oom_control"])
        {
            string path = Path.Combine(memory, file);
            if (!File.Exists(path))
                continue;
            foreach (string line in File.ReadLines(path))
            {
                if (line.StartsWith(KillCount, StringComparison.Ordinal))
                    return long.Parse(line[KillCount.Length..], CultureInfo.InvariantCulture) > 0;
            }
        }

        return false;
    }

    /// <summary>Takes the group away; it must have no processes left.</summary>
    public void Remove()
    {
        RemoveDirectory(memory);
        RemoveDirectory(cpu);
    }

    /// <summary>Removes a group's directory, whose files are the kernel's and go with it; nothing when it cannot be.</summary>
    internal static void RemoveDirectory(string directory)
    {
        // A process that has ended stays in its group for a moment.
        for (int attempt = 0; attempt < 20 && Directory.Exists(directory); attempt++)
        {
            try
            {
                Directory.Delete(directory);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(5);
            }
        }
    }
}
