using System.Diagnostics;
using System.Globalization;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>The processes of this machine, as Linux shows them below /proc.</summary>
internal static class ProcessTable
{
    /// <summary>Whether a process runs; one that has ended and that nobody has asked about yet does not.</summary>
    public static bool IsRunning(int pid) => Fields(pid) is { } fields && fields[0] != "Z";

    /// <summary>The processes that a process has started.</summary>
    public static int[] ChildrenOf(int pid) =>
    [
        .. Directory.GetDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Where(name => name.All(char.IsAsciiDigit)).Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Where(other => Fields(other) is { } fields && int.Parse(fields[1], CultureInfo.InvariantCulture) == pid),
    ];

    /// <summary>Kills a process with all that it started, if it still runs this program.</summary>
    public static void Kill(int pid, string program)
    {
        try
        {
            if (new FileInfo($"/proc/{pid}/exe").LinkTarget != program) return;
            using Process process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>State, parent and so on, after the name in parentheses; null when there is no such process.</summary>
    private static string[]? Fields(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
