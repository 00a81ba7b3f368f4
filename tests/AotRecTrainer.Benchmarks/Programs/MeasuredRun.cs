using System.Diagnostics;
using System.Globalization;

namespace AotRecTrainer.Benchmarks.Programs;

/// <summary>What one process took.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="PeakMegabytes">The most memory it had, as the system counts it (<c>VmHWM</c>), looked at every few milliseconds.</param>
internal sealed record MeasuredRun(double Seconds, double PeakMegabytes)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program to its end; what it prints is dropped.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has the last line it said.</exception>
    public static MeasuredRun Of(string program, params string[] arguments)
    {
        ProcessStartInfo info = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(s_interval)) peak = Math.Max(peak, PeakOf(process.Id));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Task.WaitAll(output, errors);
        return process.ExitCode == 0
            ? new MeasuredRun(seconds, peak)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result.TrimEnd().Split('\n')[^1]}");
    }

    // A process on its way out has no memory left to tell of.
    private static double PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
