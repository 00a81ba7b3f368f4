using System.Diagnostics;
using AotRecTrainer.LocalLambda.Invocations;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>The environments of one function: finds or starts one for each invocation and takes it back afterwards.</summary>
internal sealed class FunctionPool(FunctionDefinition function, ServerContext context)
{
    private const int MaxDeliveries = 3;
    private static readonly TimeSpan FinishingLimit = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly List<FunctionEnvironment> _idle = [];
    private readonly HashSet<FunctionEnvironment> _finishing = [];
    private readonly LinkedList<TaskCompletionSource<FunctionEnvironment?>> _waiters = new();

    public FunctionDefinition Function { get; } = function;

    /// <summary>Runs a request in a warm environment or a new one; the invocation returned has its outcome.</summary>
    public async Task<(Invocation Invocation, InvocationOutcome Outcome)> RunAsync(InvocationRequest request)
    {
        for (int delivery = 1; ; delivery++)
        {
            context.Stopping.ThrowIfCancellationRequested();
            var invocation = new Invocation(request);
            FunctionEnvironment? environment = await TakeWarmAsync();
            if (environment is null)
            {
                environment = new FunctionEnvironment(context.NextEnvironmentId(), this, context);
                context.Environments[environment.Id] = environment;
                if (context.Stopping.IsCancellationRequested)
                    environment.Kill(KillReason.Shutdown);

                if (await environment.StartAsync() is { } failure)
                {
                    environment.ReportInitFailure(invocation, failure);
                    return (invocation, failure);
                }

                invocation.InitDuration = environment.InitDuration;
            }

            if (environment.Dispatch(invocation))
            {
                InvocationOutcome outcome = await invocation.Outcome;
                if (outcome.Status != InvocationStatus.NotDelivered || delivery == MaxDeliveries)
                    return (invocation, outcome);
            }
        }
    }

    /// <summary>The environment has answered and will ask for work shortly.</summary>
    public void MarkFinishing(FunctionEnvironment environment)
    {
        lock (_gate)
            _finishing.Add(environment);
    }

    /// <summary>The environment asks for work: it goes to the one who waits longest, or becomes idle.</summary>
    public void Release(FunctionEnvironment environment)
    {
        lock (_gate)
        {
            _finishing.Remove(environment);
            while (_waiters.First is { } waiter)
            {
                _waiters.RemoveFirst();
                if (waiter.Value.TrySetResult(environment))
                    return;
            }

            environment.IdleSince = Stopwatch.GetTimestamp();
            _idle.Add(environment);
        }
    }

    /// <summary>The environment has ended.</summary>
    public void Remove(FunctionEnvironment environment)
    {
        context.Environments.TryRemove(environment.Id, out _);
        lock (_gate)
        {
            _idle.Remove(environment);
            if (_finishing.Remove(environment))
            {
                while (_waiters.Count > _finishing.Count)
                {
                    LinkedListNode<TaskCompletionSource<FunctionEnvironment?>> last = _waiters.Last!;
                    _waiters.RemoveLast();
                    last.Value.TrySetResult(null);
                }
            }
        }
    }

    /// <summary>Ends the environments that have been idle for too long.</summary>
    public void EndIdle(TimeSpan lifetime)
    {
        List<FunctionEnvironment>? old = null;
        lock (_gate)
        {
            // The list is ordered by last use: the most recently used one is taken from its end.
            while (_idle.Count > 0 && Stopwatch.GetElapsedTime(_idle[0].IdleSince) > lifetime)
            {
                (old ??= []).Add(_idle[0]);
                _idle.RemoveAt(0);
            }
        }

        old?.ForEach(environment => environment.Kill(KillReason.Idle));
    }

    /// <summary>The most recently used idle environment, or one that is about to become idle; null when a new one is needed.</summary>
    private async ValueTask<FunctionEnvironment?> TakeWarmAsync()
    {
        TaskCompletionSource<FunctionEnvironment?> waiter;
        lock (_gate)
        {
            if (_idle.Count > 0)
            {
                FunctionEnvironment environment = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return environment;
            }

            if (_finishing.Count <= _waiters.Count)
                return null;

            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.AddLast(waiter);
        }

        using var limit = new Timer(static state => ((TaskCompletionSource<FunctionEnvironment?>)state!).TrySetResult(null), waiter,
            FinishingLimit, Timeout.InfiniteTimeSpan);
        FunctionEnvironment? taken = await waiter.Task;
        if (taken is null)
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }

        return taken;
    }
}
