namespace AotRecTrainer.Training.Runs;

/// <summary>
/// The time that an invocation has, and whether the next round still fits into it with what comes after: a checkpoint and the hand-over to
/// another invocation. The time of day is looked at once; from then on only the passing of time counts.
/// </summary>
internal sealed class TimeBudget
{
    private const double ReserveShare = 0.1;

    // Longer than any function may run.
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(7);
    private readonly TimeProvider _time;
    private TimeSpan _slowestRound;
    private TimeSpan _slowestCheckpoint;

    /// <summary>Begins to count.</summary>
    /// <param name="deadline">When the platform ends the function; null when there is no such time.</param>
    /// <param name="time">The clock.</param>
    public TimeBudget(DateTimeOffset? deadline, TimeProvider time)
    {
        _time = time;
        Started = time.GetTimestamp();
        if (deadline is { } end && end - time.GetUtcNow() is var left && left < Unlimited) Limit = left;
    }

    /// <summary>When counting began.</summary>
    public long Started { get; }

    /// <summary>The whole time; null when there is no end.</summary>
    public TimeSpan? Limit { get; }

    /// <summary>Rounds done in this invocation.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether a round, should it take three times as long as the slowest so far, still fits.</summary>
    public bool HasRoomForRound => Limit is not { } limit || Left(limit) >= Max(Reserve(limit), (3 * _slowestRound) + (2 * _slowestCheckpoint));

    /// <summary>Whether a round that is under way must be given up.</summary>
    public bool IsOver => Limit is { } limit && Left(limit) <= Reserve(limit);

    /// <summary>Tells how long a round took.</summary>
    public void AddRound(TimeSpan taken)
    {
        Rounds++;
        _slowestRound = Max(_slowestRound, taken);
    }

    /// <summary>Tells how long a checkpoint took.</summary>
    public void AddCheckpoint(TimeSpan taken) => _slowestCheckpoint = Max(_slowestCheckpoint, taken);

    /// <summary>A source that is cancelled when <see cref="IsOver"/> comes true; for one round, the caller disposes it.</summary>
    public CancellationTokenSource StartRound() =>
        Limit is { } limit ? new CancellationTokenSource(Max(Left(limit) - Reserve(limit), TimeSpan.Zero), _time) : new CancellationTokenSource();

    private TimeSpan Left(TimeSpan limit) => limit - _time.GetElapsedTime(Started);

    private TimeSpan Reserve(TimeSpan limit) => Max(limit * ReserveShare, 2 * _slowestCheckpoint);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
