using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using Spectre.Console;

namespace AotRecTrainer.Cli.Output;

/// <summary>Follows <c>status.json</c> while the coordinator works: a progress bar for a person, plain lines for a log.</summary>
internal static class RunFollower
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Shows the run until the invocation has its outcome, and returns that.</summary>
    public static Task<InvokeOutcome> FollowAsync(
        Terminal terminal, Task<InvokeOutcome> invocation, IObjectStore store, TrainingPlan plan, CancellationToken cancellationToken) =>
        terminal.IsWatched
            ? FollowWithBarAsync(terminal, invocation, store, plan, cancellationToken)
            : WatchAsync(invocation, store, plan, new ProgressLines(terminal.Error, plan.Settings.Epochs).Show, cancellationToken);

    private static Task<InvokeOutcome> FollowWithBarAsync(
        Terminal terminal, Task<InvokeOutcome> invocation, IObjectStore store, TrainingPlan plan, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask($"run {Markup.Escape(plan.Run)}: starting", maxValue: plan.Settings.Epochs);
                return WatchAsync(
                    invocation, store, plan,
                    status =>
                    {
                        task.Value = status.Epoch;
                        task.Description = Markup.Escape(StatusText.Short(status));
                    },
                    cancellationToken);
            });
    }

    private static async Task<InvokeOutcome> WatchAsync(
        Task<InvokeOutcome> invocation, IObjectStore store, TrainingPlan plan, Action<RunStatus> show, CancellationToken cancellationToken)
    {
        RunKeys keys = new(plan.Run);
        while (await Task.WhenAny(invocation, Task.Delay(Pause, cancellationToken)) != invocation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadAsync(store, keys, cancellationToken) is { TrainRmse: not null } status) show(status);
        }

        return await invocation;
    }

    // To follow is a courtesy: a status that cannot be read now does not end a training that goes on.
    private static async Task<RunStatus?> ReadAsync(IObjectStore store, RunKeys keys, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? content = await store.GetAsync(keys.Status, cancellationToken);
            return content is null ? null : JsonSerializer.Deserialize(content, TrainingJson.Default.RunStatus);
        }
        catch (Exception problem) when (problem is StorageException or JsonException)
        {
            return null;
        }
    }
}
