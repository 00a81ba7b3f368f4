using AotRecTrainer.Storage;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>Counts what a run costs: what it had cost before this coordinator, and what this one sees.</summary>
/// <param name="before">What it had cost before.</param>
/// <param name="requests">Requests of this coordinator so far, to all stores.</param>
/// <param name="ledger">What the workers of this and earlier coordinators cost.</param>
/// <param name="memoryMegabytes">Memory of every function.</param>
/// <param name="started">When this coordinator began.</param>
/// <param name="time">The clock.</param>
internal sealed class RunMeter(
    RunTotals before, Func<RequestCounts> requests, WorkLedger ledger, int memoryMegabytes, long started, TimeProvider time)
{
    /// <summary>Time of the coordinators so far.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(before.Seconds) + time.GetElapsedTime(started);

    /// <summary>The sums so far; a snapshot that may lag behind work of other threads.</summary>
    public RunTotals Read()
    {
        double seconds = time.GetElapsedTime(started).TotalSeconds;
        WorkTotals work = ledger.Totals;
        RequestCounts made = requests();
        return new RunTotals
        {
            Seconds = before.Seconds + seconds,
            GbSeconds = before.GbSeconds + ((seconds + ((work.Milliseconds - before.Work.Milliseconds) / 1000)) * memoryMegabytes / 1024),
            Put = before.Put + made.Put,
            Get = before.Get + made.Get,
            List = before.List + made.List,
            Delete = before.Delete + made.Delete,
            Work = work,
        };
    }
}
