using System.Runtime.ExceptionServices;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Where whatever goes on beside a round's own loop leaves word of it: told from any thread, carried out by the loop alone, which
/// therefore needs no locks.
/// </summary>
internal sealed class RoundReports : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private Queue<Action> _told = new();
    private Queue<Action> _taken = new();
    private TaskCompletionSource? _waiting;

    public RoundReports(TimeProvider time) => _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Leaves word.</summary>
    /// <param name="report">What the loop does with it.</param>
    public void Tell(Action report)
    {
        lock (_gate) _told.Enqueue(report);
        Wake();
    }

    /// <summary>The round cannot be brought to its end.</summary>
    public void Break(Exception problem) => Tell(() => ExceptionDispatchInfo.Throw(problem));

    /// <summary>Waits until there is word, or until so much time has passed, if it ever shall.</summary>
    public async Task WaitAsync(TimeSpan? patience, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_told.Count > 0) return;
            _waiting = waiting;
        }

        // Timers count whole milliseconds, and would otherwise go off just before the time has come.
        if (patience is { } time) _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, time.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static self => ((RoundReports)self!).Wake(), this);

        // Not by Task.WhenAny: what is awaited directly goes on where it was awaited, with no detour over another thread.
        await waiting.Task;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Carries out what was told so far.</summary>
    /// <exception cref="Exception">What <see cref="Break"/> was told.</exception>
    public void CarryOut()
    {
        lock (_gate) (_told, _taken) = (_taken, _told);
        while (_taken.TryDequeue(out Action? report)) report();
    }

    public void Dispose() => _timer.Dispose();

    private void Wake()
    {
        lock (_gate)
        {
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }
}
