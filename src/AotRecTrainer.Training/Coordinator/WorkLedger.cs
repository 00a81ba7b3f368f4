using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Adds up what the workers of a run cost, from their notes and the coordinator's own calls.</summary>
/// <param name="before">What they cost before this coordinator took the run over.</param>
internal sealed class WorkLedger(WorkTotals before = default)
{
    /// <summary>The sums so far.</summary>
    public WorkTotals Totals { get; private set; } = before;

    /// <summary>Counts what a worker noted beside the statistics of a shard.</summary>
    public void Add(WorkNotes notes) => Totals = Totals with
    {
        ColdStarts = Totals.ColdStarts + (notes.ColdStart ? 1 : 0),
        Milliseconds = Totals.Milliseconds + notes.Milliseconds,
        Puts = Totals.Puts + notes.Puts,
        Gets = Totals.Gets + notes.Gets,
    };

    /// <summary>Counts an invocation.</summary>
    /// <param name="isRetry">True when it is not the first at its shards in its round.</param>
    /// <param name="isDouble">True when it runs beside one that may still answer.</param>
    public void AddInvocation(bool isRetry, bool isDouble) => Totals = Totals with
    {
        Invocations = Totals.Invocations + 1,
        Retries = Totals.Retries + (isRetry ? 1 : 0),
        Doubled = Totals.Doubled + (isDouble ? 1 : 0),
    };
}
