using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Worker;

/// <summary>
/// Measures what each shard of an invocation cost, so that the notes of its shards add up to the invocation. Safe for several
/// threads: a lap is whatever went by since the lap before, whoever worked.
/// </summary>
/// <param name="time">The process's clock.</param>
/// <param name="started">When the invocation began.</param>
/// <param name="cold">True in the first invocation of a process.</param>
/// <param name="before">Milliseconds of reading and decoding before there was a meter.</param>
/// <param name="threads">Threads that compute, at least 1.</param>
/// <param name="requests">What the process has asked of stores in this invocation.</param>
internal sealed class WorkMeter(TimeProvider time, long started, bool cold, double before, int threads, Func<RequestCounts> requests)
{
    private readonly Lock _gate = new();
    private long _since = started;
    private bool _cold = cold;
    private RequestCounts _counted;
    private TimeSpan _loaded;
    private TimeSpan _computed;

    /// <summary>Milliseconds of reading and decoding so far: those before the threads began, and then their mean.</summary>
    public double Loaded => before + (_loaded.TotalMilliseconds / threads);

    /// <summary>Milliseconds of computing so far: the threads' mean.</summary>
    public double Computed => _computed.TotalMilliseconds / threads;

    public WorkNotes Lap(WorkerEvent asked)
    {
        lock (_gate) return TakeLap(asked);
    }

    /// <summary>The time now, for <see cref="AddLoading"/> and <see cref="AddComputing"/>.</summary>
    public long Now() => time.GetTimestamp();

    /// <summary>A thread has read and decoded since then.</summary>
    public void AddLoading(long since)
    {
        TimeSpan taken = time.GetElapsedTime(since);
        lock (_gate) _loaded += taken;
    }

    /// <summary>A thread has computed since then.</summary>
    public void AddComputing(long since)
    {
        TimeSpan taken = time.GetElapsedTime(since);
        lock (_gate) _computed += taken;
    }

    private WorkNotes TakeLap(WorkerEvent asked)
    {
        long now = time.GetTimestamp();
        RequestCounts counts = requests();
        WorkNotes notes = new(
            asked.Run, asked.Round, asked.Fingerprint, _cold, time.GetElapsedTime(_since, now).TotalMilliseconds,
            counts.Put - _counted.Put + 1, counts.Get - _counted.Get, Loaded, Computed);
        // The PUT of this very object is in these notes already.
        _counted = counts with { Put = counts.Put + 1 };
        _since = now;
        _cold = false;
        return notes;
    }
}
