namespace AotRecTrainer.Cli;

/// <summary>Ends a command with one line on stderr and an <see cref="Cli.ExitCode"/>.</summary>
internal sealed class CliException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
