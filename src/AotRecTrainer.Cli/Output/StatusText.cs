using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Cli.Output;

/// <summary>Where a run stands, in one line.</summary>
internal static class StatusText
{
    public static string Of(RunStatus status)
    {
        double left = status.Epoch == 0 ? 0 : status.ElapsedSeconds / status.Epoch * (status.Epochs - status.Epoch);
        string held = status.TestRmse is { } test ? $"  held-out {test:F4}" : "";
        string cost = status.CostUsd is { } dollars ? $"  ${dollars:F6} so far" : "";
        return $"epoch {status.MeasuredEpoch}/{status.Epochs}  train RMSE {status.TrainRmse:F4}{held}  {left:F0} s left{cost}";
    }
}
