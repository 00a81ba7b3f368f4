using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Where a run stands.</summary>
internal sealed class TrainingProgress
{
    /// <summary>Rounds done.</summary>
    public int Round { get; set; }

    /// <summary>Epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rounds done of the epoch under way.</summary>
    public int Part { get; private set; }

    /// <summary>Errors of the rounds done of the epoch under way.</summary>
    public ErrorSums PartErrors { get; private set; }

    /// <summary>The latest errors of all ratings.</summary>
    public ErrorSums Errors { get; private set; }

    /// <summary>Epochs that the model behind <see cref="Errors"/> has seen.</summary>
    public int MeasuredEpoch { get; private set; }

    /// <summary>Milliseconds that the slowest worker of each round of the epoch at hand computed, added up.</summary>
    public double WorkerMilliseconds { get; set; }

    /// <summary>Where the time of the epoch at hand went.</summary>
    public EpochTimes Times { get; } = new();

    public void Measured(ErrorSums errors, int epoch)
    {
        Errors = errors;
        MeasuredEpoch = epoch;
    }

    /// <summary>A round that is not the epoch's last is done.</summary>
    public void FinishPart(ErrorSums partErrors)
    {
        Part++;
        PartErrors = partErrors;
    }

    /// <summary>The epoch's last round is done.</summary>
    public void FinishEpoch()
    {
        Epoch++;
        Part = 0;
        PartErrors = default;
    }

    /// <summary>Takes up where a checkpoint was made.</summary>
    public void Restore(int round, int epoch, int part, ErrorSums partErrors)
    {
        Round = round;
        Epoch = epoch;
        Part = part;
        PartErrors = partErrors;
    }
}
