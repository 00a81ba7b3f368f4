using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Cli.Logs;

/// <summary>One line about a run.</summary>
/// <param name="Process">Number of the process that it is of, 0 for the coordinator's; null when it is of none in particular.</param>
/// <param name="Level">How much it matters; null for the platform's own lines.</param>
/// <param name="Text">The line.</param>
internal sealed record RunLogLine(int? Process, LogLevel? Level, string Text);
