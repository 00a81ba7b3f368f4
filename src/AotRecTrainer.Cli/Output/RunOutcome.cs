using AotRecTrainer.Cli.Local;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>What a run came to, for the command that saw its end.</summary>
internal static class RunOutcome
{
    /// <summary>Prints the summary of a complete run; of another, how to go on with it.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="outcome">The coordinator's answer.</param>
    /// <param name="folder">The run.</param>
    /// <param name="log">Where the functions' log is, when it is on this machine.</param>
    /// <exception cref="CliException">The run failed or was stopped.</exception>
    public static async Task PrintAsync(Terminal terminal, InvokeOutcome outcome, RunFolder folder, string? log)
    {
        if (outcome.FunctionError is not null) await ComingBack.SayResumeAsync(terminal.Output, folder);
        CoordinatorResult result = CoordinatorAnswer.Read(outcome, log);
        if (result.State == RunState.Cancelled)
        {
            await ComingBack.SayResumeAsync(terminal.Output, folder);
            throw new CliException($"run {folder.Run} was stopped on request after {result.Rounds ?? 0} epochs", ExitCode.Failed);
        }

        Summary.Print(terminal.Output, result, log);
    }
}
