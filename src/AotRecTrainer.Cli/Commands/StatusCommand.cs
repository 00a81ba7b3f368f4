using System.CommandLine;
using AotRecTrainer.Cli.Local;
using AotRecTrainer.Cli.Output;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Cli.Commands;

/// <summary><c>aotrec status</c>: says where a run stands, and whether its coordinator lives; or follows it to its end.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> run = RunArgument.Create();
        Option<bool> follow = new("--follow") { Description = "Show its progress until it ends, and then what it came to" };
        Command command = new("status", "Says where a run stands, and whether anybody works on it.") { run, follow };
        command.SetAction((parsed, cancellationToken) =>
        {
            RunFolder folder = RunFolder.Parse(parsed.GetRequiredValue(run));
            return parsed.GetValue(follow) ? FollowAsync(terminal, folder, cancellationToken) : ShowAsync(terminal, folder, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ShowAsync(Terminal terminal, RunFolder folder, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(folder.Output);
        await WrongInput.ReportedAsync(async () =>
        {
            RunConfig config = await ReadConfigAsync(store, folder, cancellationToken);
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

    private static async Task<int> FollowAsync(Terminal terminal, RunFolder folder, CancellationToken cancellationToken)
    {
        using IObjectStore store = ObjectStores.Open(folder.Output);
        return await WrongInput.ReportedAsync(async () =>
        {
            TrainingPlan plan = TrainingPlan.Of(folder.Run, folder.Output, await ReadConfigAsync(store, folder, cancellationToken));
            try
            {
                Task<InvokeOutcome> end = RunEnd.WaitAsync(store, folder.Run, cancellationToken);
                InvokeOutcome outcome = await RunFollower.FollowAsync(terminal, end, store, plan, cancellationToken);
                string log = LocalLog.PathOf(folder.Output, folder.Run);
                await RunOutcome.PrintAsync(terminal, outcome, folder, File.Exists(log) ? log : null);
                return ExitCode.Done;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return await ComingBack.SayAsync(terminal.Output, folder);
            }
        });
    }

    private static async Task<RunConfig> ReadConfigAsync(IObjectStore store, RunFolder folder, CancellationToken cancellationToken) =>
        await RunControl.ReadConfigAsync(store, folder.Run, cancellationToken)
            ?? throw new CliException($"there is no run {folder.Run} in {store.Location}", ExitCode.WrongInput);
}
