namespace AotRecTrainer.Cli;

/// <summary>Ends a command with one line on stderr and an exit code: 1 failed while running, 2 the command line or the input is wrong.</summary>
internal sealed class CliException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
