using System.CommandLine;
using AotRecTrainer.DataPrep.Display;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>The program behind <c>data-prep</c>, with its streams as arguments so that tests can run it in their own process.</summary>
internal static class DataPrepProgram
{
    // Time to remove what was written to a store after Ctrl-C.
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The commands with their options; nothing runs yet.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show the stack trace of an error", Recursive = true };
        return ExamplesHelp.AddTo(new RootCommand("Prepares ratings for training.")
        {
            DownloadCommand.Create(terminal, verbose),
            ShardCommand.Create(terminal, verbose),
            SynthCommand.Create(terminal, verbose),
            InspectCommand.Create(terminal, verbose),
            VerifyCommand.Create(terminal, verbose),
            verbose,
        });
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create(new Terminal(output, error)).Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not ExamplesHelp)
        {
            string problems = string.Join("; ", parsed.Errors.Select(problem => problem.Message.ReplaceLineEndings(" ").TrimEnd('.')));
            await error.WriteLineAsync($"error: {problems}; see data-prep --help");
            return ExitCode.WrongInput;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_terminationTimeout,
            },
            cancellationToken);
    }
}
