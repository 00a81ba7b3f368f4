namespace AotRecTrainer.Testing;

/// <summary>
/// A clock that stands still while anything can run and jumps to the next timer when nothing can: hours of waiting pass in
/// milliseconds, and on one thread everything happens in the same order every time.
/// </summary>
/// <remarks>Holds for code that awaits on the caller's context and gives its work to no other threads.</remarks>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Real time that other threads get to post something when there is nothing left to do on this one.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shift of the time of day against the passing of time: what a clock that is set anew does.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Time passed since the beginning.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => _start + Offset + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero) throw new NotSupportedException("timers that repeat");
        VirtualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs an asynchronous method to its end.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that will never happen.</exception>
    public T Run<T>(Func<Task<T>> main)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        try
        {
            Task<T> task = main();
            while (!task.IsCompleted) Advance();
            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public void Run(Func<Task> main) => Run(async () =>
    {
        await main();
        return true;
    });

    private void Advance()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_ready)
        {
            if (_ready.Count == 0 && !FireNextTimer() && !Monitor.Wait(_ready, StuckAfter))
                throw new InvalidOperationException($"nothing to do and no timer after {Elapsed}: a wait without an end");
            if (!_ready.TryDequeue(out next)) return;
        }

        next.Callback(next.State);
    }

    private bool FireNextTimer()
    {
        while (_timers.TryDequeue(out VirtualTimer? timer, out (long Due, long Order) when))
        {
            if (!timer.Take(when.Order)) continue;
            _now = Math.Max(_now, when.Due);
            _ready.Enqueue((_ => timer.Fire(), null));
            return true;
        }

        return false;
    }

    private void Post(SendOrPostCallback callback, object? state)
    {
        lock (_ready)
        {
            _ready.Enqueue((callback, state));
            Monitor.Pulse(_ready);
        }
    }

    private long Schedule(VirtualTimer timer, TimeSpan due)
    {
        lock (_ready)
        {
            _timers.Enqueue(timer, (_now + due.Ticks, ++_order));
            Monitor.Pulse(_ready);
            return _order;
        }
    }

    private sealed class Context(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class VirtualTimer(VirtualTime time, Action fire) : ITimer
    {
        private long _armed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _armed = 0;
            if (dueTime != Timeout.InfiniteTimeSpan) _armed = time.Schedule(this, dueTime);
            return true;
        }

        public bool Take(long order)
        {
            bool isArmed = _armed == order;
            if (isArmed) _armed = 0;
            return isArmed;
        }

        public void Fire() => fire();

        public void Dispose() => _armed = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
