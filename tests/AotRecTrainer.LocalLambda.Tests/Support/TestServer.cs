using System.Collections.Concurrent;
using System.Text;

namespace AotRecTrainer.LocalLambda.Tests.Support;

/// <summary>A server with functions that are this program, its log and its reports, and a caller of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _log;
    private readonly ConcurrentQueue<InvocationReport> _reports;
    private readonly HttpClient _http;

    private TestServer(LocalLambdaServer server, ConcurrentQueue<string> log, ConcurrentQueue<InvocationReport> reports)
    {
        Server = server;
        _log = log;
        _reports = reports;
        _http = new HttpClient { BaseAddress = server.Endpoint, Timeout = TimeSpan.FromSeconds(60) };
    }

    public LocalLambdaServer Server { get; }

    /// <summary>The lines logged so far.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    public IReadOnlyList<InvocationReport> Reports => [.. _reports];

    /// <summary>A function named <c>f</c> that is this program.</summary>
    public static FunctionDefinition Function(params string[] options) => new()
    {
        Name = "f",
        Executable = Environment.ProcessPath!,
        Arguments = [TestFunction.Argument, .. options],
        Timeout = TimeSpan.FromSeconds(60),
    };

    public static Task<TestServer> StartAsync(params FunctionDefinition[] functions) => StartAsync(options => options, functions);

    public static async Task<TestServer> StartAsync(Func<LocalLambdaOptions, LocalLambdaOptions> settings, params FunctionDefinition[] functions)
    {
        var log = new ConcurrentQueue<string>();
        var reports = new ConcurrentQueue<InvocationReport>();
        var options = new LocalLambdaOptions
        {
            Functions = functions is [] ? [Function()] : functions,
            Log = new LineWriter(log.Enqueue),
            OnReport = reports.Enqueue,
            InitTimeout = TimeSpan.FromSeconds(60),
            AsyncRetryDelay = TimeSpan.FromMilliseconds(1),
        };
        return new TestServer(await LocalLambdaServer.StartAsync(settings(options)), log, reports);
    }

    /// <summary>Invokes a function; headers are given as <c>name: value</c>.</summary>
    public Task<Answer> InvokeAsync(string payload, string function = "f", params string[] headers) =>
        SendAsync("POST", $"{function}/invocations", payload, headers);

    /// <summary>Any other call; the path is the part after <c>functions/</c>.</summary>
    public async Task<Answer> SendAsync(string method, string path, string payload = "", params string[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/2015-03-31/functions/{path}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload));
        foreach (string header in headers)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.Add(header[..colon], header[(colon + 1)..].Trim());
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The log once it has this many lines that start so; fails when it does not come to that.</summary>
    public Task<IReadOnlyList<string>> LogWithAsync(string start, int count = 1) =>
        Eventually.Async(() => Log, log => log.Count(line => line.StartsWith(start, StringComparison.Ordinal)) >= count);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
