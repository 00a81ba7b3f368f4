using AotRecTrainer.Cli.Local;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Where a run stands, in a few lines.</summary>
internal static class StatusLines
{
    /// <summary>What the run's records say.</summary>
    public static IEnumerable<string> Of(string run, RunConfig config, RunStatus? status, LeaseRecord? lease)
    {
        string state = status?.State ?? lease?.State ?? "not begun";
        yield return $"run         {run}: {state}, {config.Algorithm}, epoch {status?.Epoch ?? 0} of {config.Epochs}";
        if (status is { TrainRmse: { } train })
        {
            string held = status.TestRmse is { } test ? $", held-out RMSE {test:F4}, MAE {status.TestMae:F4}" : "";
            yield return $"errors      after epoch {status.MeasuredEpoch}: train RMSE {train:F4}{held}";
        }

        if (status is not null) yield return $"time        {status.ElapsedSeconds:F1} s";
        if (status?.CostUsd is { } dollars) yield return $"on AWS      ${dollars:F6} so far";
        if (lease is not null)
        {
            string checkpoint = lease.Checkpoint is { } mark ? $"last checkpoint after epoch {mark.Epoch}" : "no checkpoint yet";
            yield return $"coordinator number {lease.Segment}; {checkpoint}";
        }

        if (status?.Message is { } message) yield return $"message     {message}";
    }

    /// <summary>Whether anybody works on a run that is not over.</summary>
    public static string Life(RunFolder folder, bool isAlive) => isAlive
        ? "alive       yes"
        : $"alive       no; {ComingBack.ResumeLine(folder)}";
}
