using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec cancel</c>: asks a run to stop, wherever its coordinator is.</summary>
internal static class CancelCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> run = RunArgument.Create();
        Command command = new("cancel", "Asks a run to stop at its next round, with a checkpoint that it can be resumed from.") { run };
        command.SetAction((parsed, cancellationToken) => RunAsync(terminal, RunFolder.Parse(parsed.GetRequiredValue(run)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, RunFolder folder, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(folder.Output);
        LeaseRecord? lease = await WrongInput.ReportedAsync(() => RunControl.ReadLeaseAsync(store, folder.Run, cancellationToken));
        if (lease?.State is RunState.Complete or RunState.Failed or RunState.Cancelled)
            throw new CliException($"run {folder.Run} is {lease.State}: there is nothing to stop", ExitCode.WrongInput);
        if (!await RunControl.CancelAsync(store, folder.Run, cancellationToken))
            throw new CliException($"there is no run {folder.Run} in {store.Location}", ExitCode.WrongInput);
        await terminal.Output.WriteLineAsync(
            $"run {folder.Run} stops at its next round; {ComingBack.ResumeLine(folder)}");
        return ExitCode.Done;
    }
}
