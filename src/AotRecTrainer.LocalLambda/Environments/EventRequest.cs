using AotRecTrainer.LocalLambda.Invocations;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>A process's request for its next event.</summary>
/// <param name="isFirst">Whether it is the first, which ends the init phase.</param>
/// <param name="finished">The invocation that asking ends; null when there was none.</param>
internal sealed class EventRequest(bool isFirst, FinishedInvocation? finished)
{
    private readonly TaskCompletionSource<Invocation> _event = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsFirst { get; } = isFirst;

    public FinishedInvocation? Finished { get; } = finished;

    /// <summary>Completes with the event; cancelled when the process no longer waits for it.</summary>
    public Task<Invocation> Event => _event.Task;

    /// <summary>Gives it the event; false when nobody waits for it any more.</summary>
    public bool TryGive(Invocation invocation) => _event.TrySetResult(invocation);

    public void Cancel() => _event.TrySetCanceled(CancellationToken.None);
}
