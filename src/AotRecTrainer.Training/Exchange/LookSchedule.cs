namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// When to look for answers: first when the round is expected to be nearly done, then at distances that grow with the time waited, so
/// that few looks reach far and an answer is seen soon after it came, measured by how long it took.
/// </summary>
/// <param name="expected">The time that a round takes; null while nobody knows.</param>
internal sealed class LookSchedule(TimeSpan? expected)
{
    private const double NearlyDone = 0.9;
    private const double FirstPause = 0.05;
    private const double Growth = 1.5;
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(5);
    private TimeSpan _pause;

    /// <summary>When to look next.</summary>
    public TimeSpan Next { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Something was asked for: it is worth looking closely again.</summary>
    public void Restart(TimeSpan now)
    {
        TimeSpan first = now + Max((expected ?? TimeSpan.Zero) * NearlyDone, PauseMin);
        if (first < Next) Next = first;
        _pause = Max((expected ?? TimeSpan.Zero) * FirstPause, PauseMin);
    }

    /// <summary>A look is over, and not everything was there.</summary>
    public void Advance(TimeSpan now)
    {
        Next = now + _pause;
        _pause *= Growth;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
