using System.Collections.Concurrent;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Logs;

namespace AotRecTrainer.LocalLambda;

/// <summary>What the parts of one server share.</summary>
internal sealed class ServerContext : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _lastEnvironment;

    public ServerContext(LocalLambdaOptions options)
    {
        Options = options;
        Log = new LogSink(options.Log);
        Port = options.Port;
        Slots = new SemaphoreSlim(options.Concurrency);
        Stopping = _stop.Token;
    }

    public LocalLambdaOptions Options { get; }

    public LogSink Log { get; }

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

    public void Dispose() => _stop.Dispose();
}
