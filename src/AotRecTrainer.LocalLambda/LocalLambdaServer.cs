using System.Net;
using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Api.Configuration;
using AotRecTrainer.LocalLambda.Billing;
using AotRecTrainer.LocalLambda.Environments;
using AotRecTrainer.LocalLambda.Functions;
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
/// Not as on the service: there are no versions, layers, extensions or streamed responses; signatures are not checked; a process whose
/// initialization failed is not started a second time for the same invocation.
/// </remarks>
public sealed class LocalLambdaServer : IAsyncDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromMilliseconds(100);
    private readonly ServerContext _context;
    private readonly KestrelServer _server;
    private readonly FunctionRegistry _functions;
    private readonly FunctionPackages _packages;
    private readonly Timer _monitor;
    private readonly EventHandler _onProcessExit;
    private int _isDisposed;

    private LocalLambdaServer(ServerContext context, KestrelServer server, FunctionRegistry functions, FunctionPackages packages)
    {
        _context = context;
        _server = server;
        _functions = functions;
        _packages = packages;
        Endpoint = new Uri($"http://127.0.0.1:{context.Port}");
        _monitor = new Timer(_ => CheckEnvironments(), null, CheckPeriod, CheckPeriod);
        _onProcessExit = (_, _) => KillAll();
        AppDomain.CurrentDomain.ProcessExit += _onProcessExit;
    }

    /// <summary>Address for callers, for <c>--endpoint-url</c> and <c>AWS_ENDPOINT_URL_LAMBDA</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Number of function processes now running.</summary>
    public int EnvironmentCount => _context.Environments.Count;

    /// <summary>One line: what of the functions' memory and CPU is limited, and what is not and why.</summary>
    public string Isolation => _context.Isolator.Statement;

    /// <summary>What AWS would count so far, by function; functions that were never invoked are not in it.</summary>
    public IReadOnlyDictionary<string, Bill> Bills => _context.Billing.Read();

    /// <summary>
    /// Completes once there has been no invocation, and no event that waits to be tried again, for so long; the time before the first
    /// one counts.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled first.</exception>
    public async Task WaitUntilIdleAsync(TimeSpan idleTime, CancellationToken ct = default)
    {
        for (TimeSpan missing = idleTime; missing > TimeSpan.Zero; missing = idleTime - _context.Work.IdleTime)
            await Task.Delay(missing, ct);
    }

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
        var functions = new FunctionRegistry(context);
        foreach (FunctionDefinition function in options.Functions)
            functions.Add(function, new FunctionMetadata());
        var packages = new FunctionPackages();
        var service = new ServiceApi(context, new InvokeApi(context, functions), new ConfigurationApi(functions, packages));
        KestrelServer server = CreateServer(options.Port);
        try
        {
            await server.StartAsync(new HttpApplication(service, new RuntimeApi(context)), ct);
        }
        catch
        {
            server.Dispose();
            await context.DisposeAsync();
            throw;
        }

        context.Port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        context.Log.WriteLine($"LIMITS {context.Isolator.Statement}");
        return new LocalLambdaServer(context, server, functions, packages);
    }

    /// <summary>
    /// Takes no more invokes, gives those under way the grace that was asked for, ends all function processes, answers what is still
    /// open with an error, and stops listening.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        AppDomain.CurrentDomain.ProcessExit -= _onProcessExit;
        await _context.StopAsync();
        await _context.DrainAsync();
        await _monitor.DisposeAsync();
        FunctionEnvironment[] environments = KillAll();
        await Task.WhenAll(environments.Select(environment => environment.Ended));
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            await _server.StopAsync(limit.Token);
        }

        _server.Dispose();
        _packages.Dispose();
        foreach ((string function, Bill bill) in Bills)
            _context.Log.WriteLine($"BILLED {function} Requests: {bill.Requests}\tDuration: {bill.BilledMilliseconds} ms\tGB-seconds: {bill.GigabyteSeconds:F3}");
        await _context.DisposeAsync();
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

        foreach (RegisteredFunction function in _functions.All)
            function.Pool.EndOld();
    }
}
