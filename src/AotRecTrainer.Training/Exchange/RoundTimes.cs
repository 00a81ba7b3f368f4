using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Exchange;

/// <summary>Where the time of a round went, in milliseconds.</summary>
/// <param name="Send">Until its task was stored.</param>
/// <param name="Workers">Its workers, at least one; the coordinator itself where there are none.</param>
/// <param name="Reduce">From the last worker's end to that of the round.</param>
internal sealed record RoundTimes(double Send, IReadOnlyList<WorkerTime> Workers, double Reduce)
{
    /// <summary>The round along the worker that was last; the model is not yet stepped.</summary>
    public EpochParts Parts()
    {
        WorkerTime last = Workers.MaxBy(static worker => worker.Milliseconds)!;
        return new EpochParts(Send, last.Wait(), last.Load, last.Compute, last.Write, Reduce, Step: 0);
    }
}
