using System.Collections.Concurrent;
using System.Diagnostics;
using AotRecTrainer.LocalLambda.Billing;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Isolation;
using AotRecTrainer.LocalLambda.Logs;

namespace AotRecTrainer.LocalLambda;

/// <summary>What the parts of one server share.</summary>
internal sealed class ServerContext : IAsyncDisposable
{
    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private int _lastEnvironment;

    public ServerContext(LocalLambdaOptions options)
    {
        Options = options;
        Log = new LogSink(options.Log);
        Port = options.Port;
        Isolator = new Isolator(options);
        Slots = new SemaphoreSlim(options.Concurrency);
        Stopping = _stop.Token;
    }

    public LocalLambdaOptions Options { get; }

    public LogSink Log { get; }

    public Isolator Isolator { get; }

    public BillingMeter Billing { get; } = new();

    /// <summary>Counts calls under way and events that are not done with, those that wait to be tried again among them.</summary>
    public WorkClock Work { get; } = new();

    /// <summary>The port listened on, once it is known.</summary>
    public int Port { get; set; }

    /// <summary>Room for invocations of all functions. Those still under way after the end give theirs back, so it is not disposed.</summary>
    public SemaphoreSlim Slots { get; }

    /// <summary>The environments whose process may be alive, by id.</summary>
    public ConcurrentDictionary<string, FunctionEnvironment> Environments { get; } = new(StringComparer.Ordinal);

    /// <summary>Cancelled when the server stops.</summary>
    public CancellationToken Stopping { get; }

    public string NextEnvironmentId() => $"env-{Interlocked.Increment(ref _lastEnvironment)}";

    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Waits until no invocation is under way, at most for the grace that was asked for.</summary>
    public async Task DrainAsync()
    {
        long from = Stopwatch.GetTimestamp();
        while (Slots.CurrentCount < Options.Concurrency && Stopwatch.GetElapsedTime(from) < Options.ShutdownGrace)
            await Task.Delay(DrainPeriod);
    }

    public async ValueTask DisposeAsync()
    {
        await Isolator.DisposeAsync();
        _stop.Dispose();
    }
}
