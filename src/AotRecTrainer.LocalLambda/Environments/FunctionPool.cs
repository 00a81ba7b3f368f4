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
    private bool _isRetired;

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

    /// <summary>The environment asks for work: it goes to the one who waits longest, or becomes idle, or has served its time.</summary>
    public void Release(FunctionEnvironment environment)
    {
        bool isSpent = IsSpent(environment);
        lock (_gate)
        {
            _finishing.Remove(environment);
            isSpent |= _isRetired;
            if (isSpent)
                ReleaseSurplusWaiters();
            else if (!TryGiveToWaiter(environment))
                MakeIdle(environment);
        }

        if (isSpent)
            environment.Kill(KillReason.Recycled);
    }

    /// <summary>Ends the environments: idle ones now, the others when they have answered.</summary>
    public void Retire()
    {
        FunctionEnvironment[] idle;
        lock (_gate)
        {
            _isRetired = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (FunctionEnvironment environment in idle)
            environment.Kill(KillReason.Recycled);
    }

    /// <summary>The environment has ended.</summary>
    public void Remove(FunctionEnvironment environment)
    {
        context.Environments.TryRemove(environment.Id, out _);
        lock (_gate)
        {
            _idle.Remove(environment);
            if (_finishing.Remove(environment))
                ReleaseSurplusWaiters();
        }
    }

    /// <summary>Ends the environments that have been without work for too long or have served their time.</summary>
    public void EndOld()
    {
        List<FunctionEnvironment> old;
        lock (_gate)
        {
            old = _idle.FindAll(IsOld);
            _idle.RemoveAll(old.Contains);
        }

        old.ForEach(environment => environment.Kill(KillReason.Recycled));
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
                environment.Thaw();
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

    private bool IsSpent(FunctionEnvironment environment) => environment.Age > context.Options.EnvironmentLifetime;

    private bool IsOld(FunctionEnvironment idle) =>
        IsSpent(idle) || Stopwatch.GetElapsedTime(idle.IdleSince) > context.Options.IdleLifetime;

    private bool TryGiveToWaiter(FunctionEnvironment environment)
    {
        while (_waiters.First is { } waiter)
        {
            _waiters.RemoveFirst();
            if (waiter.Value.TrySetResult(environment))
                return true;
        }

        return false;
    }

    private void MakeIdle(FunctionEnvironment environment)
    {
        environment.IdleSince = Stopwatch.GetTimestamp();
        // Under the lock, so that the signal to go on cannot overtake this one.
        environment.Freeze();
        _idle.Add(environment);
    }

    /// <summary>Those who wait for an environment that will not come start their own.</summary>
    private void ReleaseSurplusWaiters()
    {
        while (_waiters.Count > _finishing.Count)
        {
            LinkedListNode<TaskCompletionSource<FunctionEnvironment?>> last = _waiters.Last!;
            _waiters.RemoveLast();
            last.Value.TrySetResult(null);
        }
    }
}
