using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Worker;

/// <summary>
/// Measures what each shard of an invocation cost, so that the notes of its shards add up to the invocation. Safe for several
/// threads: a lap is whatever went by since the lap before, whoever worked.
/// </summary>
internal sealed class WorkMeter(TimeProvider time, long started, bool cold, Func<RequestCounts> requests)
{
    private readonly Lock _gate = new();
    private long _since = started;
    private bool _cold = cold;
    private RequestCounts _counted;

    public WorkNotes Lap(WorkerEvent asked)
    {
        lock (_gate) return TakeLap(asked);
    }

    private WorkNotes TakeLap(WorkerEvent asked)
    {
        long now = time.GetTimestamp();
        RequestCounts counts = requests();
        WorkNotes notes = new(
            asked.Run, asked.Round, asked.Fingerprint, _cold, time.GetElapsedTime(_since, now).TotalMilliseconds,
            counts.Put - _counted.Put + 1, counts.Get - _counted.Get);
        // The PUT of this very object is in these notes already.
        _counted = counts with { Put = counts.Put + 1 };
        _since = now;
        _cold = false;
        return notes;
    }
}
