namespace AotRecTrainer.Storage.S3;

/// <summary>How often and how long a request is tried. The defaults suit a function that is paid by the millisecond: S3 answers within tenths
/// of a second, so that five seconds of silence are a lost request, and ten attempts outlast the seconds that S3 takes to spread its load.</summary>
internal sealed record RetryLimits
{
    /// <summary>Attempts of one request, the first included.</summary>
    public int AttemptsMax { get; init; } = 10;

    /// <summary>The longest wait before the second attempt; it doubles with every attempt after it.</summary>
    public TimeSpan FirstDelayMax { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before any attempt.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt may take, beside the time that its bytes take at <see cref="BytesPerSecondMin"/>.</summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all attempts together may take, beside the time for the bytes of the last.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection slower than this counts as broken. One megabit per second.</summary>
    public int BytesPerSecondMin { get; init; } = 1 << 17;

    /// <summary>The time that bytes may take on their way.</summary>
    /// <param name="bytes">How many.</param>
    public TimeSpan TimeFor(long bytes) => TimeSpan.FromSeconds((double)bytes / BytesPerSecondMin);

    /// <summary>The longest wait after an attempt: full jitter takes a random part of it, so that callers who failed together do not come
    /// back together.</summary>
    /// <param name="attempt">The attempt that failed; from 1.</param>
    public TimeSpan DelayMaxAfter(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(DelayMax.Ticks, FirstDelayMax.Ticks * Math.Pow(2, attempt - 1)));
}
