using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Cli.Logs;

/// <summary>Which lines are wanted.</summary>
/// <param name="Process">Those of this process alone; null for all.</param>
/// <param name="Level">Those that matter at least so much; null for all, the platform's own among them.</param>
internal sealed record LogSelection(int? Process, LogLevel? Level)
{
    public bool Takes(RunLogLine line) =>
        (Process is null || line.Process == Process) && (Level is null || line.Level >= Level);
}
