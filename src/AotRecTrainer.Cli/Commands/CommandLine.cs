using System.CommandLine;
using System.Runtime.InteropServices;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The program's commands, and how any failure of theirs ends: one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    // Time to end the functions and to note the interruption after Ctrl-C.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    private const string Verbose = "--verbose";

    /// <summary>The commands with their options; nothing runs yet.</summary>
    public static RootCommand Create(Terminal terminal) => ExamplesHelp.AddTo(
        new RootCommand("Trains matrix-factorization recommenders on AWS Lambda, or on this machine behind a local stand-in.")
        {
            TrainCommand.Create(terminal),
            StatusCommand.Create(terminal),
            CancelCommand.Create(terminal),
            LogsCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            RecommendCommand.Create(terminal),
            SweepCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ReportCommand.Create(terminal),
            LocalCommand.Create(terminal),
            new Option<bool>(Verbose) { Description = "Show the stack trace of a failure", Recursive = true },
        });

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create(new Terminal(output, error)).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not ExamplesHelp)
        {
            await error.WriteLineAsync("error: " + DescribeErrors(parsed));
            return ExitCode.WrongInput;
        }

        // Ctrl-C and SIGTERM end a command in order by themselves; so does a terminal that is closed.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ending.Cancel();
        });
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, ending.Token);
        }
#pragma warning disable CA1031 // The last stop before the user: every failure becomes a line and an exit code.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"error: {(parsed.GetValue<bool>(Verbose) ? problem.ToString() : Describe(problem))}");
            return problem is CliException known ? known.ExitCode : ExitCode.Failed;
        }
    }

    private static string DescribeErrors(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command is not RootCommand)
        {
            string problems = string.Join("; ", parsed.Errors.Select(problem => OneLine(problem.Message).TrimEnd('.')));
            return $"{problems}; see aotrec {command.Name} --help";
        }

        string commands = string.Join(" or ", command.Subcommands.Select(known => known.Name));
        string found = parsed.UnmatchedTokens.Count > 0 ? $"unknown command '{parsed.UnmatchedTokens[0]}'" : "no command";
        return $"{found}, expected {commands}; see aotrec --help";
    }

    // Whatever is not a failure of the world is a mistake of ours; its type then tells more than its message.
    private static string Describe(Exception problem) => problem switch
    {
        OperationCanceledException => "interrupted",
        CliException or StorageException or InvokeException or IOException or UnauthorizedAccessException => OneLine(problem.Message),
        _ => $"{problem.GetType().Name}: {OneLine(problem.Message)} (--verbose shows where)",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
