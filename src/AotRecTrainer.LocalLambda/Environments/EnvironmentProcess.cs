using System.ComponentModel;
using System.Diagnostics;
using AotRecTrainer.LocalLambda.Isolation;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>The operating system's side of an environment: a running process, its output, its peak memory, its end. Thread-safe.</summary>
internal sealed class EnvironmentProcess
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly ProcessIsolation _isolation;
    private readonly EnvironmentLog _log;
    private readonly Task _outputRead;
    private long _lastOutputAt;
    private long _peakMemory;
    private bool _hasEnded;

    private EnvironmentProcess(Process process, ProcessIsolation isolation, string name, EnvironmentLog log)
    {
        _process = process;
        _isolation = isolation;
        _log = log;
        Id = process.Id;
        _outputRead = Task.WhenAll(
            OutputReader.Start(process.StandardOutput.BaseStream, $"{name} out", OnOutput),
            OutputReader.Start(process.StandardError.BaseStream, $"{name} err", OnOutput));
    }

    public int Id { get; }

    /// <summary>Why it was killed; <see cref="KillReason.None"/> unless it was.</summary>
    public KillReason KillReason { get; private set; }

    /// <summary>Whether the kernel killed it for want of memory; known after <see cref="CloseAsync"/>.</summary>
    public bool RanOutOfMemory { get; private set; }

    /// <summary>Prepares a process within the function's limits, whose output goes to <paramref name="log"/>; it waits to be let go.</summary>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    /// <exception cref="InvalidOperationException">The program cannot be started.</exception>
    public static EnvironmentProcess Start(ProcessStartInfo info, string name, FunctionDefinition function, Isolator isolator, EnvironmentLog log)
    {
        Process process = Process.Start(info) ?? throw new InvalidOperationException("no process was started");
        ProcessIsolation isolation = isolator.Admit(process, name, function);
        if (isolation.Problem is { } problem)
            log.WriteLine($"{name}: {problem}");
        return new EnvironmentProcess(process, isolation, name, log);
    }

    /// <summary>The program starts.</summary>
    public void LetGo()
    {
        try
        {
            _process.StandardInput.Write('\n');
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It was killed while it waited; whoever watches it will see that.
        }
    }

    /// <summary>Stops the process where it is, if idle processes are to be.</summary>
    public void Freeze() => _isolation.Freeze();

    /// <summary>Lets it go on; one that cannot is killed.</summary>
    public void Thaw()
    {
        if (!_isolation.Thaw())
            Kill(KillReason.Recycled);
    }

    /// <summary>Peak resident memory so far in bytes.</summary>
    public long ReadPeakMemory()
    {
        lock (_gate)
        {
            if (!_hasEnded)
                _peakMemory = Math.Max(_peakMemory, ProcessMemory.Peak(_process));
            return _peakMemory;
        }
    }

    /// <summary>Kills the process and what it started; nothing when it was killed before or has ended.</summary>
    public void Kill(KillReason reason)
    {
        lock (_gate)
        {
            if (KillReason != KillReason.None || _hasEnded)
                return;
            KillReason = reason;
            ReadPeakMemory();
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

    /// <summary>Completes when the process has ended.</summary>
    public async Task WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        lock (_gate)
            _hasEnded = true;
    }

    /// <summary>After the end: waits until all output has been logged, and says how the process ended.</summary>
    public async Task<string> CloseAsync()
    {
        try
        {
            await _outputRead.WaitAsync(DrainLimit);
        }
        catch (TimeoutException)
        {
            // A process of its own that outlives it holds the pipe open.
            _log.WriteLine($"pid {Id}: its output was still open {DrainLimit.TotalMilliseconds} ms after it ended");
        }

        RanOutOfMemory = _isolation.Release();
        string exit = ExitText.Describe(_process.ExitCode);
        _process.Dispose();
        return exit;
    }

    /// <summary>
    /// Lines that the function wrote before it answered may still be in the pipe: waits until none has come for some
    /// milliseconds.
    /// </summary>
    public async Task QuietAsync()
    {
        long from = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(4);
        }
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastOutputAt)).TotalMilliseconds < 4
            && Stopwatch.GetElapsedTime(from).TotalMilliseconds < 50);
    }

    private void OnOutput(string line)
    {
        Volatile.Write(ref _lastOutputAt, Stopwatch.GetTimestamp());
        _log.WriteLine(line);
    }
}
