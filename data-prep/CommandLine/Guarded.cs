using System.CommandLine;
using AotRecTrainer.DataPrep.Display;
using AotRecTrainer.Dataset;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.DataPrep.CommandLine;

/// <summary>Turns what a command throws into one line on the error stream and an exit code.</summary>
internal static class Guarded
{
    /// <summary>Gives a command its action.</summary>
    public static void SetAction(
        Command command, Terminal terminal, Option<bool> verbose, Func<ParseResult, CancellationToken, Task> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                // On another thread: Ctrl-C is listened for only once this method has returned its task, and commands work long before
                // they first wait.
                await Task.Run(() => action(parsed, cancellationToken), CancellationToken.None);
                return ExitCode.Done;
            }
#pragma warning disable CA1031 // The last stop before the user: every error becomes a line and an exit code.
            catch (Exception error)
#pragma warning restore CA1031
            {
                string message = error is OperationCanceledException
                    ? "cancelled; nothing half-written was left"
                    : error.Message.ReplaceLineEndings(" ");
                await terminal.Error.WriteLineAsync($"error: {message}");
                if (parsed.GetValue(verbose))
                {
                    await terminal.Error.WriteLineAsync(error.ToString());
                }

                return error is InputException or RatingsFormatException or DatasetException ? ExitCode.WrongInput : ExitCode.Failed;
            }
        });
}
