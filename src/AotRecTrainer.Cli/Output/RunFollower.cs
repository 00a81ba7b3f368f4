using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using Spectre.Console;

namespace AotRecTrainer.Cli.Output;

/// <summary>Follows <c>status.json</c> while the coordinator works: a progress bar on a terminal, plain lines otherwise.</summary>
internal static class RunFollower
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private const int PlainLines = 10;

    public static async Task<InvokeOutcome> FollowAsync(
        Task<InvokeOutcome> invocation, IObjectStore store, TrainingPlan plan, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            int step = Math.Max(1, plan.Settings.Epochs / PlainLines);
            int shown = -1;
            return await WatchAsync(
                invocation, store, plan,
                status =>
                {
                    if (status.MeasuredEpoch / step == shown || status.TrainRmse is null) return;
                    shown = status.MeasuredEpoch / step;
                    Console.Error.WriteLine(Describe(status));
                },
                cancellationToken);
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask($"run {plan.Run}", maxValue: plan.Settings.Epochs);
                InvokeOutcome outcome = await WatchAsync(
                    invocation, store, plan,
                    status =>
                    {
                        task.Value = status.Epoch;
                        task.Description = Markup.Escape(Describe(status));
                    },
                    cancellationToken);
                task.StopTask();
                return outcome;
            });
    }

    private static async Task<InvokeOutcome> WatchAsync(
        Task<InvokeOutcome> invocation, IObjectStore store, TrainingPlan plan, Action<RunStatus> show, CancellationToken cancellationToken)
    {
        RunKeys keys = new(plan.Run);
        while (await Task.WhenAny(invocation, Task.Delay(Pause, cancellationToken)) != invocation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadAsync(store, keys, cancellationToken) is { } status) show(status);
        }

        return await invocation;
    }

    private static async Task<RunStatus?> ReadAsync(IObjectStore store, RunKeys keys, CancellationToken cancellationToken)
    {
        byte[]? content = await store.GetAsync(keys.Status, cancellationToken);
        return content is null ? null : JsonSerializer.Deserialize(content, TrainingJson.Default.RunStatus);
    }

    private static string Describe(RunStatus status)
    {
        double left = status.Epoch == 0 ? 0 : status.ElapsedSeconds / status.Epoch * (status.Epochs - status.Epoch);
        string held = status.TestRmse is { } test ? $"  held-out {test:F4}" : "";
        return $"epoch {status.MeasuredEpoch}/{status.Epochs}  train RMSE {status.TrainRmse:F4}{held}  {left:F0} s left";
    }
}
