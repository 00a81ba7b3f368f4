using System.Diagnostics;

namespace AotRecTrainer.LocalLambda;

/// <summary>Knows for how long there has been nothing to do. Thread-safe.</summary>
internal sealed class WorkClock
{
    private readonly Lock _gate = new();
    private int _pieces;
    private long _restingSince = Stopwatch.GetTimestamp();

    /// <summary>Time since the last piece of work was over, or since the start; zero while there is work.</summary>
    public TimeSpan IdleTime
    {
        get
        {
            lock (_gate)
                return _pieces > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_restingSince);
        }
    }

    /// <summary>A piece of work has come.</summary>
    public void Begin()
    {
        lock (_gate)
            _pieces++;
    }

    /// <summary>A piece of work is over.</summary>
    public void End()
    {
        lock (_gate)
        {
            _pieces--;
            _restingSince = Stopwatch.GetTimestamp();
        }
    }
}
