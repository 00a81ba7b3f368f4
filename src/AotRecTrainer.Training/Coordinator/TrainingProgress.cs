using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Where a run stands.</summary>
internal sealed class TrainingProgress
{
    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    /// <summary>The latest errors.</summary>
    public ErrorSums Errors { get; private set; }

    /// <summary>Epochs that the model behind <see cref="Errors"/> has seen.</summary>
    public int MeasuredEpoch { get; private set; }

    /// <summary>Milliseconds that the slowest worker of each round of the epoch at hand computed, added up.</summary>
    public double WorkerMilliseconds { get; set; }

    public void Measured(ErrorSums errors, int epoch)
    {
        Errors = errors;
        MeasuredEpoch = epoch;
    }
}
