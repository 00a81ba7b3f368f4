using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec status</c>: says where a run stands, and whether its coordinator lives.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> run = RunArgument.Create();
        Command command = new("status", "Says where a run stands, and whether anybody works on it.") { run };
        command.SetAction((parsed, cancellationToken) => RunAsync(terminal, RunFolder.Parse(parsed.GetRequiredValue(run)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, RunFolder folder, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(folder.Output);
        await WrongInput.ReportedAsync(async () =>
        {
            if (await RunControl.ReadConfigAsync(store, folder.Run, cancellationToken) is not { } config)
                throw new CliException($"there is no run {folder.Run} in {store.Location}", ExitCode.WrongInput);
            RunStatus? status = await RunControl.ReadStatusAsync(store, folder.Run, cancellationToken);
            LeaseRecord? lease = await RunControl.ReadLeaseAsync(store, folder.Run, cancellationToken);
            foreach (string line in StatusLines.Of(folder.Run, config, status, lease)) await terminal.Output.WriteLineAsync(line);
            if (lease is { State: RunState.Running })
            {
                bool isAlive = await RunControl.IsAliveAsync(store, folder.Run, TimeProvider.System, cancellationToken);
                await terminal.Output.WriteLineAsync(StatusLines.Life(folder, isAlive));
            }

            return true;
        });
        return ExitCode.Done;
    }
}
