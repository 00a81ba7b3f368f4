using AotRecTrainer.Cli.Commands;

namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>One command line, run in this process: its exit code and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<CommandRun> OfAsync(CancellationToken cancellationToken, params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        int exitCode = await CommandLine.RunAsync(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error), cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
