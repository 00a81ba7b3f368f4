namespace AotRecTrainer.LocalLambda;

/// <summary>The figures of one invocation, as its REPORT line states them.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="RequestId">Id of the request; retries and duplicates of an asynchronous event share it.</param>
/// <param name="Environment">The environment that ran it, such as <c>env-3</c>.</param>
/// <param name="ProcessId">Id of that environment's process.</param>
/// <param name="Duration">From handing over the event until the environment asked for more work or ended.</param>
/// <param name="InitDuration">Time the environment took to start; null when it was warm.</param>
/// <param name="BilledMilliseconds">Duration, and on a cold start the init duration, rounded up to whole milliseconds.</param>
/// <param name="MemoryMegabytes">The function's memory size.</param>
/// <param name="MaxMemoryBytes">Peak resident memory of the environment so far; zero when the process ended before it was read.</param>
/// <param name="Status"><c>success</c>, <c>error</c> or <c>timeout</c>.</param>
/// <param name="ErrorType">The kind of failure; null on success.</param>
public sealed record InvocationReport(
    string Function,
    string RequestId,
    string Environment,
    int ProcessId,
    TimeSpan Duration,
    TimeSpan? InitDuration,
    long BilledMilliseconds,
    int MemoryMegabytes,
    long MaxMemoryBytes,
    string Status,
    string? ErrorType)
{
    /// <summary><see cref="MaxMemoryBytes"/> in megabytes of 1,048,576 bytes, rounded up as the REPORT line has them.</summary>
    public int MaxMemoryMegabytes => (int)Math.Ceiling(MaxMemoryBytes / 1048576.0);
}
