using System.ComponentModel;
using System.Diagnostics;

namespace AotRecTrainer.LocalLambda;

/// <summary>
/// One execution environment: a process of a function, which asks for events one at a time. Its life: start, the first
/// request for work ends the init phase, then events are handed over until the process ends or is killed.
/// </summary>
internal sealed class FunctionEnvironment : IDisposable
{
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromMilliseconds(500);
    private readonly Lock _gate = new();
    private readonly FunctionPool _pool;
    private readonly ServerContext _context;
    private readonly LogTail _tail = new();
    private readonly Timer _timer;
    private readonly TaskCompletionSource<InvocationOutcome?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private long _startedAt;
    private long _lastOutputAt;
    private long _peakMemory;
    private bool _initialized;
    private bool _isEnded;
    private bool _responded;
    private KillReason _killReason;
    private InvocationOutcome? _initError;
    private InvocationOutcome? _outcome;
    private Invocation? _current;
    private Invocation? _undelivered;
    private TaskCompletionSource<Invocation>? _waiting;
    private InvocationToReport? _toReport;

    public FunctionEnvironment(string id, FunctionPool pool, ServerContext context)
    {
        Id = id;
        _pool = pool;
        _context = context;
        _timer = new Timer(_ => OnTimer());
    }

    public string Id { get; }

    public int ProcessId { get; private set; }

    public TimeSpan InitDuration { get; private set; }

    /// <summary>When it last became idle, as a <see cref="Stopwatch"/> timestamp; written by the pool under its lock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Completes when the process has ended and everything about it has been reported.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the process and waits for its first request for work; null, or the failure to start.</summary>
    public Task<InvocationOutcome?> StartAsync()
    {
        FunctionDefinition function = _pool.Function;
        try
        {
            lock (_gate)
            {
                if (_killReason != KillReason.None)
                {
                    throw new InvalidOperationException("the server is stopping");
                }

                _startedAt = Stopwatch.GetTimestamp();
                ProcessStartInfo info = FunctionProcess.StartInfo(function, Id, _context.Port, _context.Options.Region);
                _process = Process.Start(info) ?? throw new InvalidOperationException("no process was started");
                ProcessId = _process.Id;
                _timer.Change(_context.Options.InitTimeout, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            lock (_gate)
            {
                _isEnded = true;
            }

            _pool.Remove(this);
            string message = $"{function.Name}: cannot start {function.Executable}: {e.Message}";
            Log(message);
            _ready.TrySetResult(
                new(InvocationStatus.Error, ErrorJson.Function("Runtime.InvalidEntrypoint", message), "Runtime.InvalidEntrypoint"));
            _ended.TrySetResult();
            return _ready.Task;
        }

        _process.StandardInput.Close();
        Task output = OutputReader.Start(_process.StandardOutput.BaseStream, $"{Id} out", OnOutput);
        Task errors = OutputReader.Start(_process.StandardError.BaseStream, $"{Id} err", OnOutput);
        _ = WatchAsync(_process, Task.WhenAll(output, errors));
        return _ready.Task;
    }

    /// <summary>Hands an event over; false when the process has ended.</summary>
    public bool Dispatch(Invocation invocation)
    {
        FlushReport();
        lock (_gate)
        {
            if (_isEnded || _killReason != KillReason.None)
            {
                return false;
            }

            _current = invocation;
            _responded = false;
            _outcome = null;
        }

        LogStart(invocation);
        invocation.MarkStarted(_pool.Function.Timeout);
        TaskCompletionSource<Invocation>? waiting;
        lock (_gate)
        {
            if (_current != invocation)
            {
                return true;
            }

            _timer.Change(_pool.Function.Timeout, Timeout.InfiniteTimeSpan);
            waiting = _waiting;
            _waiting = null;
            if (waiting is null)
            {
                _undelivered = invocation;
            }
        }

        if (waiting is not null && !waiting.TrySetResult(invocation))
        {
            ReturnUndelivered(invocation);
        }

        return true;
    }

    /// <summary>
    /// The process asks for work: ends the invocation before, then waits for the next event. Cancelled when the process
    /// drops the request or asks anew.
    /// </summary>
    /// <exception cref="RuntimeApiException">The process asks without having answered.</exception>
    public async Task<Invocation> NextAsync(CancellationToken aborted)
    {
        Invocation? finished = null;
        TaskCompletionSource<Invocation> waiting;
        bool first;
        lock (_gate)
        {
            if (_isEnded)
            {
                throw RuntimeApiException.InvalidTransition();
            }

            if (_current is { } current)
            {
                if (_responded)
                {
                    finished = current;
                    finished.MarkEnded();
                    _current = null;
                    _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
                else if (current.Delivered)
                {
                    throw RuntimeApiException.InvalidTransition();
                }
                else if (_undelivered is not null)
                {
                    _undelivered = null;
                    return current;
                }
            }

            _waiting?.TrySetCanceled(CancellationToken.None);
            waiting = _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            first = !_initialized;
            if (first)
            {
                _initialized = true;
                InitDuration = Stopwatch.GetElapsedTime(_startedAt);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        await using CancellationTokenRegistration registration = aborted.Register(() => Abandon(waiting));
        if (first)
        {
            _ready.TrySetResult(null);
        }
        else if (finished is not null)
        {
            _ = FinishAsync(finished);
        }

        return await waiting.Task;
    }

    /// <summary>An event could not be written to the process; it gets it when it asks again.</summary>
    public void ReturnUndelivered(Invocation invocation)
    {
        lock (_gate)
        {
            if (_current == invocation && !_responded)
            {
                invocation.Delivered = false;
                _undelivered = invocation;
            }
        }
    }

    /// <summary>Throws unless the process may answer the request of this id now.</summary>
    /// <exception cref="RuntimeApiException">It is another id, or it has been answered.</exception>
    public void CheckAnswerable(string requestId)
    {
        lock (_gate)
        {
            if (_current?.Request.RequestId != requestId)
            {
                throw RuntimeApiException.InvalidRequestId(requestId);
            }

            if (_responded)
            {
                throw RuntimeApiException.InvalidTransition();
            }
        }
    }

    /// <summary>The process answers the request of this id.</summary>
    /// <exception cref="RuntimeApiException">It is another id, or it has been answered.</exception>
    public void Answer(string requestId, InvocationOutcome outcome)
    {
        Invocation invocation;
        lock (_gate)
        {
            CheckAnswerable(requestId);
            invocation = _current!;
            _responded = true;
            _outcome = outcome;
            invocation.Delivered = true;
        }

        // First, so that a caller who calls again at once waits for this environment rather than starting one.
        _pool.MarkFinishing(this);
        invocation.Complete(outcome);
    }

    /// <summary>The process failed to start and says why.</summary>
    /// <exception cref="RuntimeApiException">It has started already.</exception>
    public void FailInit(InvocationOutcome outcome)
    {
        lock (_gate)
        {
            if (_initialized)
            {
                throw RuntimeApiException.InvalidTransition();
            }

            _initError = outcome;
        }
    }

    /// <summary>Reads the peak memory while an event is handled, and kills a process that went over its limit.</summary>
    public void CheckMemory()
    {
        lock (_gate)
        {
            if (_isEnded || _process is null || (_initialized && _current is null))
            {
                return;
            }

            _peakMemory = Math.Max(_peakMemory, ProcessMemory.Peak(_process));
        }

        if (_peakMemory > _pool.Function.MemoryMegabytes * 1024L * 1024L)
        {
            Kill(KillReason.Memory);
        }
    }

    /// <summary>Kills the process and what it started; nothing when it has ended.</summary>
    public void Kill(KillReason reason)
    {
        lock (_gate)
        {
            if (_killReason != KillReason.None || _isEnded)
            {
                return;
            }

            _killReason = reason;
            if (_process is null)
            {
                return;
            }

            _peakMemory = Math.Max(_peakMemory, ProcessMemory.Peak(_process));
            try
            {
                _process.Kill(entireProcessTree: true);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
            {
                // It has just ended by itself.
            }
        }
    }

    /// <summary>Writes START, END and REPORT for an invocation whose environment did not start.</summary>
    public void ReportInitFailure(Invocation invocation, InvocationOutcome failure)
    {
        invocation.InitDuration = InitDuration;
        LogStart(invocation);
        invocation.MarkStarted(_pool.Function.Timeout);
        Report(new(invocation, failure));
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        bool initialized;
        lock (_gate)
        {
            initialized = _initialized;

            // The timer may have gone off for the invocation before; timers also run some milliseconds early.
            if (initialized && !(_current?.Elapsed > _pool.Function.Timeout - TimeSpan.FromMilliseconds(20)))
            {
                return;
            }
        }

        Kill(initialized ? KillReason.Timeout : KillReason.InitTimeout);
    }

    private void Abandon(TaskCompletionSource<Invocation> waiting)
    {
        lock (_gate)
        {
            if (_waiting == waiting)
            {
                _waiting = null;
            }
        }

        waiting.TrySetCanceled(CancellationToken.None);
    }

    private async Task FinishAsync(Invocation finished)
    {
        _toReport = new(finished, _outcome!);
        if (finished.Request.WantsLogTail)
        {
            await QuietAsync();
            FlushReport();
            _pool.Release(this);
        }
        else
        {
            _pool.Release(this);
            await QuietAsync();
            FlushReport();
        }
    }

    /// <summary>
    /// Lines that the function wrote before it answered may still be in the pipe: waits until none has come for some
    /// milliseconds. The next event does not wait for this.
    /// </summary>
    private async Task QuietAsync()
    {
        long from = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(4);
        }
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastOutputAt)).TotalMilliseconds < 4
            && Stopwatch.GetElapsedTime(from).TotalMilliseconds < 50);
    }

    private async Task WatchAsync(Process process, Task outputsRead)
    {
        await process.WaitForExitAsync();
        Invocation? current;
        KillReason reason;
        bool initialized;
        bool responded;
        lock (_gate)
        {
            _isEnded = true;
            current = _current;
            _current = null;
            reason = _killReason;
            initialized = _initialized;
            responded = _responded;
            _waiting?.TrySetCanceled(CancellationToken.None);
            _waiting = null;
            if (!initialized)
            {
                InitDuration = Stopwatch.GetElapsedTime(_startedAt);
            }
        }

        current?.MarkEnded();
        _pool.Remove(this);
        try
        {
            // A process of its own that outlives it may hold the pipe open.
            await outputsRead.WaitAsync(s_drainLimit);
        }
        catch (TimeoutException)
        {
            Log($"{Id}: its output was still open {s_drainLimit.TotalMilliseconds} ms after it ended");
        }

        FlushReport();
        string exit = ExitText.Describe(process.ExitCode);
        if (!initialized)
        {
            InvocationOutcome failure = _initError ?? Failure(reason, exit, "", _context.Options.InitTimeout);
            Log($"INIT_REPORT Init Duration: {InitDuration.TotalMilliseconds:F2} ms\tPhase: init\tStatus: "
                + $"{(failure.Status == InvocationStatus.Timeout ? "timeout" : "error")}\tError Type: {failure.ErrorType}");
            _ready.TrySetResult(failure);
        }

        if (current is not null)
        {
            InvocationOutcome outcome = responded ? _outcome!
                : !current.Delivered && reason == KillReason.None
                    ? new(InvocationStatus.NotDelivered, ErrorJson.Function("Runtime.ExitError", exit), "Runtime.ExitError")
                : Failure(reason, exit, current.Request.RequestId, _pool.Function.Timeout);
            Report(new(current, outcome));
            current.Complete(outcome);
        }

        process.Dispose();
        _timer.Dispose();
        _ended.TrySetResult();
    }

    private InvocationOutcome Failure(KillReason reason, string exit, string requestId, TimeSpan limit)
    {
        if (reason is KillReason.Timeout or KillReason.InitTimeout)
        {
            string text = $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {requestId} Task timed out after {limit.TotalSeconds:F2} seconds";
            Log(text);
            return new(InvocationStatus.Timeout, ErrorJson.Function("Sandbox.Timedout", text), "Sandbox.Timedout");
        }

        if (reason == KillReason.Memory)
        {
            Log($"{Id}: peak memory {_peakMemory / 1048576.0:F1} MB is over the memory size of {_pool.Function.MemoryMegabytes} MB: killed");
        }

        string message = $"RequestId: {requestId} Error: {exit}";
        Log(message);
        return new(InvocationStatus.Error, ErrorJson.Function("Runtime.ExitError", message), "Runtime.ExitError");
    }

    private void OnOutput(string line)
    {
        Volatile.Write(ref _lastOutputAt, Stopwatch.GetTimestamp());
        Log(line);
    }

    private void LogStart(Invocation invocation)
    {
        if (invocation.InitDuration is null)
        {
            _tail.Clear();
        }

        Log($"START RequestId: {invocation.Request.RequestId} Version: $LATEST");
        Log($"INSTANCE {Id} pid {ProcessId} {(invocation.InitDuration is null ? "warm" : "cold")}");
    }

    private void FlushReport()
    {
        if (Interlocked.Exchange(ref _toReport, null) is { } report)
        {
            lock (_gate)
            {
                if (!_isEnded && _process is not null)
                {
                    _peakMemory = Math.Max(_peakMemory, ProcessMemory.Peak(_process));
                }
            }

            Report(report);
        }
    }

    private void Report(InvocationToReport toReport)
    {
        (Invocation invocation, InvocationOutcome outcome) = toReport;
        TimeSpan? init = invocation.InitDuration;
        var report = new InvocationReport(
            _pool.Function.Name,
            invocation.Request.RequestId,
            Id,
            ProcessId,
            invocation.Duration,
            init,
            (long)Math.Ceiling((invocation.Duration + (init ?? TimeSpan.Zero)).TotalMilliseconds),
            _pool.Function.MemoryMegabytes,
            (int)Math.Ceiling(_peakMemory / 1048576.0),
            outcome.Status switch { InvocationStatus.Success => "success", InvocationStatus.Timeout => "timeout", _ => "error" },
            outcome.ErrorType);
        Log($"END RequestId: {report.RequestId}");
        Log(ReportLine.Format(report));
        invocation.CompleteReport(_tail.ToArray());
        _context.Options.OnReport?.Invoke(report);
    }

    private void Log(string line)
    {
        _tail.AppendLine(line);
        _context.Log.WriteLine(line);
    }
}
