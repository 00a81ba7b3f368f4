using System.Net;
using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Environments;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AotRecTrainer.LocalLambda;

/// <summary>
/// Lambda on this machine: answers the Invoke API to callers and the Runtime API to the function processes it starts, one
/// environment per concurrent invocation. Listens on 127.0.0.1 only. Disposal ends every process it started.
/// </summary>
/// <remarks>
/// Not as on the service: an idle process is not frozen, only left waiting for work; the CPU share is not cut to the memory
/// size; there are no versions, layers, extensions or streamed responses; signatures are not checked.
/// </remarks>
public sealed class LocalLambdaServer : IAsyncDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(100);
    private readonly ServerContext _context;
    private readonly KestrelServer _server;
    private readonly FunctionPool[] _pools;
    private readonly Timer _monitor;
    private readonly EventHandler _onProcessExit;
    private int _isDisposed;

    private LocalLambdaServer(ServerContext context, KestrelServer server, FunctionPool[] pools)
    {
        _context = context;
        _server = server;
        _pools = pools;
        Endpoint = new Uri($"http://127.0.0.1:{context.Port}");
        _monitor = new Timer(_ => CheckEnvironments(), null, CheckPeriod, CheckPeriod);
        _onProcessExit = (_, _) => KillAll();
        AppDomain.CurrentDomain.ProcessExit += _onProcessExit;
    }

    /// <summary>Address for callers, for <c>--endpoint-url</c> and <c>AWS_ENDPOINT_URL_LAMBDA</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Number of function processes now running.</summary>
    public int EnvironmentCount => _context.Environments.Count;

    /// <summary>Starts to listen; functions are started by their first invocation.</summary>
    /// <exception cref="ArgumentException">An option or a function definition is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LocalLambdaServer> StartAsync(LocalLambdaOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        var context = new ServerContext(options);
        FunctionPool[] pools = [.. options.Functions.Select(function => new FunctionPool(function, context))];
        var invoke = new InvokeApi(context, pools.ToDictionary(pool => pool.Function.Name, StringComparer.Ordinal));
        KestrelServer server = CreateServer(options.Port);
        try
        {
            await server.StartAsync(new HttpApplication(invoke, new RuntimeApi(context)), ct);
        }
        catch
        {
            server.Dispose();
            context.Dispose();
            throw;
        }

        context.Port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return new LocalLambdaServer(context, server, pools);
    }

    /// <summary>Ends all function processes, answers the invokes under way with an error, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        AppDomain.CurrentDomain.ProcessExit -= _onProcessExit;
        await _context.StopAsync();
        await _monitor.DisposeAsync();
        FunctionEnvironment[] environments = KillAll();
        await Task.WhenAll(environments.Select(environment => environment.Ended));
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await _server.StopAsync(limit.Token);
        }

        _server.Dispose();
        _context.Dispose();
    }

    private static KestrelServer CreateServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = Limits.ReadBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        options.Limits.RequestHeadersTimeout = TimeSpan.FromMinutes(5);
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        NullLoggerFactory noLog = NullLoggerFactory.Instance;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), noLog);
        return new KestrelServer(Options.Create(options), transport, noLog);
    }

    private FunctionEnvironment[] KillAll()
    {
        FunctionEnvironment[] environments = [.. _context.Environments.Values];
        foreach (FunctionEnvironment environment in environments)
            environment.Kill(KillReason.Shutdown);

        return environments;
    }

    private void CheckEnvironments()
    {
        foreach ((_, FunctionEnvironment environment) in _context.Environments)
            environment.CheckMemory();

        foreach (FunctionPool pool in _pools)
            pool.EndIdle(_context.Options.IdleLifetime);
    }
}
