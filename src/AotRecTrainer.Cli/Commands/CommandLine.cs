using System.CommandLine;
using System.CommandLine.Parsing;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Cli.Commands;

/// <summary>The program's commands, and how any failure of theirs ends: one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the stack trace of a failure",
        Recursive = true,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Trains matrix-factorization recommenders on AWS Lambda, or on this machine behind a local stand-in.")
        {
            Verbose,
            TrainCommand.Create(),
            LocalCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors) await Console.Error.WriteLineAsync($"error: {error.Message}");
            return 2;
        }

        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (CliException problem)
        {
            return await FailAsync(problem, problem.ExitCode, parsed);
        }
        catch (OperationCanceledException problem)
        {
            return await FailAsync(new CliException("interrupted", 1, problem), 1, parsed);
        }
        catch (Exception problem) when (problem is StorageException or InvokeException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(problem, 1, parsed);
        }
    }

    private static async Task<int> FailAsync(Exception problem, int exitCode, ParseResult parsed)
    {
        string text = parsed.GetValue(Verbose) ? problem.ToString() : problem.Message.ReplaceLineEndings(" ");
        await Console.Error.WriteLineAsync($"error: {text}");
        return exitCode;
    }
}
