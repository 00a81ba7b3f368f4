using System.Diagnostics;

namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>One attempt at a request in one environment.</summary>
internal sealed class Invocation(InvocationRequest request)
{
    private readonly TaskCompletionSource<InvocationOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<byte[]> _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _startedAt;
    private long _endedAt;

    public InvocationRequest Request { get; } = request;

    /// <summary>Epoch milliseconds at which the environment will be killed.</summary>
    public long DeadlineMilliseconds { get; private set; }

    /// <summary>Start-up time of the environment when this invocation caused it; null in a warm one.</summary>
    public TimeSpan? InitDuration { get; set; }

    /// <summary>Whether the event has gone to the process, so that giving it to another could run it twice.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Completes with the response, or with the failure.</summary>
    public Task<InvocationOutcome> Outcome => _outcome.Task;

    /// <summary>Completes with the last 4 KB of log once the REPORT line is out.</summary>
    public Task<byte[]> Reported => _reported.Task;

    /// <summary>From <see cref="MarkStarted"/> to <see cref="MarkEnded"/>.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(_startedAt, _endedAt);

    /// <summary>Time since <see cref="MarkStarted"/>.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_startedAt);

    public void MarkStarted(TimeSpan timeout)
    {
        _startedAt = _endedAt = Stopwatch.GetTimestamp();
        DeadlineMilliseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + (long)timeout.TotalMilliseconds;
    }

    public void MarkEnded() => _endedAt = Stopwatch.GetTimestamp();

    public void Complete(InvocationOutcome outcome) => _outcome.TrySetResult(outcome);

    public void CompleteReport(byte[] logTail) => _reported.TrySetResult(logTail);
}
