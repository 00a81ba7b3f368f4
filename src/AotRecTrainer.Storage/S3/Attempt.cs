namespace AotRecTrainer.Storage.S3;

/// <summary>One attempt at a request, with its time limit.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly RetryLimits _limits;
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _ended;

    /// <summary>Starts the clock.</summary>
    /// <param name="limits">How long it may take.</param>
    /// <param name="left">What is left of the time for all attempts.</param>
    /// <param name="bytes">Bytes to send.</param>
    /// <param name="maybeDone">See <see cref="MaybeDone"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">The caller's token.</param>
    public Attempt(RetryLimits limits, TimeSpan left, long bytes, bool maybeDone, TimeProvider time, CancellationToken ct)
    {
        _limits = limits;
        _time = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, limits.AttemptTime.Ticks));
        MaybeDone = maybeDone;
        Limit = _time + limits.TimeFor(bytes);
        _timer = new CancellationTokenSource(Limit, time);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, ct);
    }

    /// <summary>Whether an attempt before this one may have been carried out although no answer said so.</summary>
    public bool MaybeDone { get; }

    /// <summary>The time limit.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>Whether the time limit ended it.</summary>
    public bool IsTimedOut => _timer.IsCancellationRequested;

    /// <summary>Ends the attempt: its time limit or the caller.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>An answer is there: from now on the time limit is that for receiving its content.</summary>
    /// <param name="bytes">Bytes of the content.</param>
    public void Receive(long bytes)
    {
        Limit = _time + _limits.TimeFor(bytes);
        _timer.CancelAfter(Limit);
    }

    public void Dispose()
    {
        _ended.Dispose();
        _timer.Dispose();
    }
}
