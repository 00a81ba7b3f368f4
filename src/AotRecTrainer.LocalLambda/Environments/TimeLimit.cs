using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>
/// A limit on one thing at a time. Once <see cref="Stop"/> has returned, the action has either run or will not. Thread-safe.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action _onPassed;
    private readonly Timer _timer;
    private TimeSpan? _limit;
    private long _startedAt;

    /// <param name="onPassed">Runs at most once for each start; must be short and must not call back.</param>
    public TimeLimit(Action onPassed)
    {
        _onPassed = onPassed;
        _timer = new Timer(_ => OnTimer());
    }

    public void Start(TimeSpan limit)
    {
        lock (_gate)
        {
            _limit = limit;
            _startedAt = Stopwatch.GetTimestamp();
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (_gate)
            _limit = null;
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_limit is not { } limit)
                return;

            // Timers run some milliseconds early, and this one may have gone off for the thing before.
            TimeSpan left = limit - Stopwatch.GetElapsedTime(_startedAt);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            _limit = null;
            _onPassed();
        }
    }
}
