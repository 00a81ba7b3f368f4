using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Where a run stands, in one line.</summary>
internal static class StatusText
{
    public static string Of(RunStatus status)
    {
        string cost = status.CostUsd is { } dollars ? $"  ${dollars:F6} so far" : "";
        return $"epoch {status.MeasuredEpoch}/{status.Epochs}  train RMSE {status.TrainRmse:F4}{HeldOut(status)}  {Left(status):F0} s left{cost}";
    }

    /// <summary>The same for a line that has a bar in it as well: all of it fits a terminal of 80 columns.</summary>
    public static string Short(RunStatus status)
    {
        string cost = status.CostUsd is { } dollars ? $"  ${dollars:F4}" : "";
        return $"{status.MeasuredEpoch}/{status.Epochs}  RMSE {status.TrainRmse:F4}{HeldOut(status)}  {Left(status):F0} s left{cost}";
    }

    private static string HeldOut(RunStatus status) => status.TestRmse is { } error ? $"  held-out {error:F4}" : "";

    private static double Left(RunStatus status) =>
        status.Epoch == 0 ? 0 : status.ElapsedSeconds / status.Epoch * (status.Epochs - status.Epoch);
}
