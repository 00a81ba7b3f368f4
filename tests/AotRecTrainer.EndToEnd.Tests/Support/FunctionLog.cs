using System.Globalization;
using System.Text.RegularExpressions;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>Reads the lines that the local stand-in writes about its function processes.</summary>
internal static partial class FunctionLog
{
    /// <summary>The process that a line says was handed an event; null for other lines.</summary>
    public static int? InstancePid(string line) =>
        Instance().Match(line) is { Success: true } match ? int.Parse(match.Groups["pid"].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The worker processes of a log: all that were handed events after the first, which is the coordinator.</summary>
    public static int[] WorkerPids(IEnumerable<string> lines)
    {
        int[] pids = [.. lines.Select(InstancePid).OfType<int>()];
        return [.. pids.Distinct().Where(pid => pid != pids[0])];
    }

    [GeneratedRegex(@"^INSTANCE \S+ pid (?<pid>\d+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instance();
}
