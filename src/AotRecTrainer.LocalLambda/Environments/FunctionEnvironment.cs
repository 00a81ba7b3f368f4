using System.ComponentModel;
using System.Diagnostics;
using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Invocations;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>
/// One execution environment: a process of a function, which asks for events one at a time. Its life: start, the first
/// request for work ends the init phase, then events are handed over until the process ends or is killed.
/// </summary>
internal sealed class FunctionEnvironment : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FunctionPool _pool;
    private readonly ServerContext _context;
    private readonly EnvironmentLog _log;
    private readonly EventSlot _slot = new();
    private readonly TimeLimit _limit;
    private readonly TaskCompletionSource<InvocationOutcome?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EnvironmentProcess? _process;
    private long _startedAt;
    private bool _isStopped;
    private InvocationOutcome? _initError;
    private FinishedInvocation? _unreported;

    public FunctionEnvironment(string id, FunctionPool pool, ServerContext context)
    {
        Id = id;
        _pool = pool;
        _context = context;
        _log = new EnvironmentLog(id, pool.Function, context);
        _limit = new TimeLimit(() => Kill(_slot.WasAsked ? KillReason.Timeout : KillReason.InitTimeout));
    }

    public string Id { get; }

    public TimeSpan InitDuration { get; private set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>When it last became idle, as a <see cref="Stopwatch"/> timestamp; written by the pool under its lock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Completes when the process has ended and everything about it has been reported.</summary>
    public Task Ended => _ended.Task;

    private int ProcessId => _process?.Id ?? 0;

    /// <summary>Starts the process and waits for its first request for work; null, or the failure to start.</summary>
    public Task<InvocationOutcome?> StartAsync()
    {
        FunctionDefinition function = _pool.Function;
        try
        {
            _limit.Start(_context.Options.InitTimeout);
            lock (_gate)
            {
                if (_isStopped)
                    throw new InvalidOperationException("the server is stopping");
                ProcessStartInfo info = FunctionProcess.StartInfo(function, Id, _context.Port, _context.Options.Region);
                _process = EnvironmentProcess.Start(info, Id, function, _context.Isolator, _log);
                // What it takes to set limits here is no part of the function's start.
                _startedAt = Stopwatch.GetTimestamp();
                _process.LetGo();
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            _slot.Close();
            Dispose();
            _pool.Remove(this);
            string message = $"{function.Name}: cannot start {function.Executable}: {e.Message}";
            _log.WriteLine(message);
            _ready.TrySetResult(EnvironmentFailure.NotStarted(message));
            _ended.TrySetResult();
            return _ready.Task;
        }

        _ = WatchAsync(_process);
        return _ready.Task;
    }

    /// <summary>The process has no work: it is stopped where it is.</summary>
    public void Freeze() => _process!.Freeze();

    /// <summary>The process is about to get work.</summary>
    public void Thaw() => _process!.Thaw();

    /// <summary>Hands an event over; false when the process has ended or is about to.</summary>
    public bool Dispatch(Invocation invocation)
    {
        FlushReport();
        if (_process!.KillReason != KillReason.None || !_slot.TryReserve(invocation))
            return false;

        _log.WriteStart(invocation, ProcessId);
        invocation.MarkStarted(_pool.Function.Timeout);
        _limit.Start(_pool.Function.Timeout);
        _slot.HandOver(invocation);
        return true;
    }

    /// <summary>
    /// The process asks for work: ends the invocation before, then waits for the next event. Cancelled when the process
    /// drops the request or asks anew.
    /// </summary>
    /// <exception cref="RuntimeApiException">The process asks without having answered.</exception>
    public async Task<Invocation> NextAsync(CancellationToken aborted)
    {
        EventRequest request = _slot.Ask();
        await using CancellationTokenRegistration registration = aborted.Register(() => _slot.Abandon(request));
        if (request.IsFirst)
        {
            _limit.Stop();
            InitDuration = Stopwatch.GetElapsedTime(_startedAt);
            _ready.TrySetResult(null);
        }
        else if (request.Finished is { } finished)
        {
            _limit.Stop();
            _ = FinishAsync(finished);
        }

        return await request.Event;
    }

    /// <summary>An event could not be written to the process, which gets it when it asks again.</summary>
    public void ReturnUndelivered(Invocation invocation) => _slot.HandOver(invocation);

    /// <inheritdoc cref="EventSlot.CheckAnswerable"/>
    public void CheckAnswerable(string requestId) => _slot.CheckAnswerable(requestId);

    /// <summary>The process answers the request of this id.</summary>
    /// <exception cref="RuntimeApiException">It is another id, or it has been answered.</exception>
    public void Answer(string requestId, InvocationOutcome outcome)
    {
        Invocation invocation = _slot.Answer(requestId, outcome);

        // First, so that a caller who calls again at once waits for this environment rather than starting one.
        _pool.MarkFinishing(this);
        invocation.Complete(outcome);
    }

    /// <summary>The process failed to start and says why.</summary>
    /// <exception cref="RuntimeApiException">It has started already.</exception>
    public void FailInit(InvocationOutcome outcome)
    {
        if (_slot.WasAsked)
            throw RuntimeApiException.InvalidTransition();
        _initError = outcome;
    }

    /// <summary>Reads the peak memory of a process at work, and kills one that went over its limit.</summary>
    public void CheckMemory()
    {
        if (_process is { } process && (_slot.IsTaken || !_slot.WasAsked)
            && process.ReadPeakMemory() > _pool.Function.MemoryMegabytes * 1024L * 1024L)
        {
            Kill(KillReason.Memory);
        }
    }

    /// <summary>Kills the process and what it started, or keeps it from being started; nothing when it has ended.</summary>
    public void Kill(KillReason reason)
    {
        lock (_gate)
        {
            _isStopped = true;
            _process?.Kill(reason);
        }
    }

    /// <summary>Writes START, END and REPORT for an invocation whose environment did not start.</summary>
    public void ReportInitFailure(Invocation invocation, InvocationOutcome failure)
    {
        invocation.InitDuration = InitDuration;
        _log.WriteStart(invocation, ProcessId);
        invocation.MarkStarted(_pool.Function.Timeout);
        Report(new(invocation, failure));
    }

    public void Dispose() => _limit.Dispose();

    private async Task FinishAsync(FinishedInvocation finished)
    {
        _unreported = finished;
        if (finished.Invocation.Request.WantsLogTail)
        {
            await _process!.QuietAsync();
            FlushReport();
            _pool.Release(this);
        }
        else
        {
            // The next event does not wait for this one's last lines.
            _pool.Release(this);
            await _process!.QuietAsync();
            FlushReport();
        }
    }

    private async Task WatchAsync(EnvironmentProcess process)
    {
        await process.WaitForExitAsync();
        (Invocation? invocation, InvocationOutcome? answer) = _slot.Close();
        _limit.Stop();
        bool wasInitialized = _slot.WasAsked;
        if (!wasInitialized)
            InitDuration = Stopwatch.GetElapsedTime(_startedAt);
        _pool.Remove(this);
        string exit = await process.CloseAsync();
        FlushReport();
        if (!wasInitialized)
        {
            InvocationOutcome failure = _initError ?? Describe(process, exit, "", _context.Options.InitTimeout);
            _log.WriteInitFailure(InitDuration, failure);
            _ready.TrySetResult(failure);
        }

        if (invocation is not null)
        {
            bool canMove = !invocation.IsDelivered && process.KillReason == KillReason.None;
            InvocationOutcome outcome = answer
                ?? (canMove ? EnvironmentFailure.NotDelivered(exit) : Describe(process, exit, invocation.Request.RequestId, _pool.Function.Timeout));
            Report(new(invocation, outcome));
            invocation.Complete(outcome);
        }

        Dispose();
        _ended.TrySetResult();
    }

    private InvocationOutcome Describe(EnvironmentProcess process, string exit, string requestId, TimeSpan limit)
    {
        string message;
        InvocationOutcome outcome;
        if (process.KillReason is KillReason.Timeout or KillReason.InitTimeout)
        {
            outcome = EnvironmentFailure.TimedOut(requestId, limit, out message);
        }
        else
        {
            if (process.KillReason == KillReason.Memory || process.RanOutOfMemory)
                _log.WriteLine($"{Id}: killed for using more than its memory size of {_pool.Function.MemoryMegabytes} MB");

            outcome = EnvironmentFailure.Exited(requestId, exit, out message);
        }

        _log.WriteLine(message);
        return outcome;
    }

    private void FlushReport()
    {
        if (Interlocked.Exchange(ref _unreported, null) is { } finished)
            Report(finished);
    }

    private void Report(FinishedInvocation finished)
    {
        long peak = _process?.ReadPeakMemory() ?? 0;
        // The kernel kills at the limit, which is seen here only afterwards.
        if (_process?.RanOutOfMemory == true)
            peak = Math.Max(peak, _pool.Function.MemoryMegabytes * 1024L * 1024L);
        _log.WriteReport(finished, ProcessId, peak);
    }
}
