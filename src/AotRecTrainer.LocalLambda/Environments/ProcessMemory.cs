using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Reads the peak resident memory of a process.</summary>
internal static class ProcessMemory
{
    /// <summary>Peak resident memory so far in bytes; zero when the process is gone.</summary>
    public static long Peak(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return ParseHighWaterMark(File.ReadAllBytes($"/proc/{process.Id}/status"));
            }

            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }

    /// <summary>The VmHWM line of a <c>/proc/PID/status</c> text, in bytes; zero when there is none (a process that has ended).</summary>
    public static long ParseHighWaterMark(ReadOnlySpan<byte> status)
    {
        int at = status.IndexOf("VmHWM:"u8);
        if (at < 0)
            return 0;

        ReadOnlySpan<byte> figure = status[(at + "VmHWM:".Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(figure, out long kilobytes, out _) ? kilobytes * 1024 : 0;
    }
}
