using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AotRecTrainer.Testing;

/// <summary>
/// A server that speaks S3's protocol, for tests: <c>moto_server</c> where it is on the path, or <c>s3rver</c>, of the packages that the interop
/// tests have from npm. It listens on a free port of 127.0.0.1 and ends with its disposal or the process.
/// </summary>
/// <remarks>
/// Link it into a test project: <c>&lt;Compile Include="../Shared/S3TestServer.cs" Link="Shared/S3TestServer.cs" /&gt;</c>.
/// </remarks>
public sealed class S3TestServer : IAsyncDisposable
{
    /// <summary>Both halves of the only credentials that s3rver knows; moto takes any.</summary>
    public const string Credential = "S3RVER";

    // moto looks whether a key is taken in one step and writes in another, on many threads, so that two creators can win. Python runs a
    // module of this name before all else; it lets moto's server work on one request at a time. moto also keeps everything in memory: asked to
    // end, it leaves its buckets in a file beside the module, where the next one finds them.
    private const string MotoModule = "sitecustomize.py";
    private const string MotoManners = """
        import os
        import pickle
        import signal
        import threading
        import werkzeug.serving

        run_simple = werkzeug.serving.run_simple
        buckets_file = os.path.join(os.path.dirname(__file__), "buckets.pickle")


        def run_with_manners(host, port, application, **options):
            from moto.s3.models import s3_backends

            turn = threading.Lock()
            backend = s3_backends["123456789012"]["aws"]
            if os.path.exists(buckets_file):
                with open(buckets_file, "rb") as file:
                    backend.buckets = pickle.load(file)

            def answer(environ, start_response):
                with turn:
                    return application(environ, start_response)

            def end(*_):
                turn.acquire()
                with open(buckets_file, "wb") as file:
                    pickle.dump(backend.buckets, file)
                os._exit(0)

            signal.signal(signal.SIGTERM, end)
            run_simple(host, port, answer, **options)


        werkzeug.serving.run_simple = run_with_manners

        """;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly Func<Process> _start;
    private readonly string _folder;
    private readonly EventHandler _onExit;
    private Process _process;

    private S3TestServer(string name, Func<Process> start, int port, string folder)
    {
        Name = name;
        Endpoint = new Uri($"http://127.0.0.1:{port}");
        _start = start;
        _process = start();
        _folder = folder;
        _onExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _onExit;
    }

    /// <summary>"moto_server" or "s3rver".</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Whether it does all that the stores ask of S3. s3rver writes in spite of <c>If-None-Match: *</c>, lets readers see half an
    /// overwrite, and fails at second pages of keys, empty objects, ranges of the first byte and keys beyond ASCII.</summary>
    public bool IsFaithful => Name == "moto_server";

    /// <summary>What a process needs in its environment to use the server.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL_S3"] = Endpoint.GetLeftPart(UriPartial.Authority),
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = Credential,
        ["AWS_SECRET_ACCESS_KEY"] = Credential,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Starts moto_server, otherwise s3rver.</summary>
    /// <param name="explain">Is told why there is none: the reason to skip with.</param>
    /// <returns>The server; <see langword="null"/> where neither program is to be had.</returns>
    /// <exception cref="InvalidOperationException">There is none although <c>CI=true</c> promises one.</exception>
    public static async Task<S3TestServer?> TryStartAsync(Action<string> explain)
    {
        List<string> reasons = [];
        S3TestServer? server = await TryStartMotoAsync(reasons.Add) ?? await TryStartS3rverAsync(reasons.Add);
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(string.Join("; ", reasons));
        if (server is null)
            explain(string.Join("; ", reasons));
        return server;
    }

    /// <summary>Starts moto_server and nothing else; <see langword="null"/> where it is not to be had.</summary>
    public static Task<S3TestServer?> TryStartMotoAsync(Action<string> explain) => StartAsync(TryStartMotoAsync, explain);

    /// <summary>Starts s3rver and nothing else; <see langword="null"/> where it is not to be had.</summary>
    public static Task<S3TestServer?> TryStartS3rverAsync(Action<string> explain) => StartAsync(TryStartS3rverAsync, explain);

    /// <summary>Points the AWS SDK in this process at the server.</summary>
    public void UseInThisProcess()
    {
        foreach ((string name, string value) in Variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Makes a bucket; that it is there already is fine.</summary>
    /// <param name="bucket">Its name.</param>
    public async Task CreateBucketAsync(string bucket)
    {
        using HttpResponseMessage response = await Http.PutAsync(new Uri(Endpoint, bucket), content: null);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
            throw new InvalidOperationException($"{Name} answers {(int)response.StatusCode} to the creation of bucket {bucket}.");
    }

    /// <summary>Ends the server in the middle of whatever it does, and starts it again on the same port with the objects it had.</summary>
    /// <param name="away">How long nobody answers, beside the time that it takes to start.</param>
    /// <exception cref="InvalidOperationException">It did not come back.</exception>
    public async Task RestartAsync(TimeSpan away)
    {
        using (Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await Task.Delay(away);
        _process = _start();
        if (!await AnswersAsync())
            throw new InvalidOperationException($"{Name} did not come back on {Endpoint}.");
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _onExit;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<S3TestServer?> StartAsync(Func<List<string>, Task<S3TestServer?>> start, Action<string> explain)
    {
        List<string> reasons = [];
        S3TestServer? server = await start(reasons);
        if (server is null)
            explain("No S3 server to test against: " + string.Join("; ", reasons));
        return server;
    }

    private static async Task<S3TestServer?> TryStartMotoAsync(List<string> reasons)
    {
        string? program = FindOnPath("moto_server");
        if (program is null)
        {
            reasons.Add("moto_server is not on the path (Debian's python3-moto, or pip install 'moto[s3,server]')");
            return null;
        }

        return await TryStartAsync("moto_server", program, (port, _) => ["-H", "127.0.0.1", "-p", $"{port}"], reasons);
    }

    private static async Task<S3TestServer?> TryStartS3rverAsync(List<string> reasons)
    {
        if (FindS3rver(reasons) is not string script)
            return null;
        return await TryStartAsync(
            "s3rver",
            "node",
            (port, folder) => [script, "-d", folder, "-a", "127.0.0.1", "-p", $"{port}", "--no-vhost-buckets", "--silent"],
            reasons);
    }

    private static async Task<S3TestServer?> TryStartAsync(
        string name, string program, Func<int, string, string[]> arguments, List<string> reasons)
    {
        // Somebody else may take the free port first; then another is tried.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            int port = FreePort();
            string folder = Directory.CreateTempSubdirectory("aotrec-s3-").FullName;
            await File.WriteAllTextAsync(Path.Join(folder, MotoModule), MotoManners);
            Func<string> lastLine = () => "not started";
            S3TestServer server = new(name, () => Start(program, arguments(port, folder), folder, out lastLine), port, folder);
            if (await server.AnswersAsync())
                return server;
            reasons.Add($"{name} does not answer on port {port} ({lastLine()})");
            await server.DisposeAsync();
        }

        return null;
    }

    private async Task<bool> AnswersAsync()
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < StartPatience && !_process.HasExited; await Task.Delay(50))
        {
            try
            {
                using HttpResponseMessage response = await Http.GetAsync(Endpoint);
                return !_process.HasExited;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }
        }

        return false;
    }

    private static string? FindS3rver(List<string> reasons)
    {
        string script = Path.Join(RepositoryRoot(), "tests", "AotRecTrainer.Interop.Tests", "node", "node_modules", "s3rver", "bin", "s3rver.js");
        if (FindOnPath("node") is null)
            reasons.Add("node, which s3rver needs, is not on the path");
        else if (!File.Exists(script))
            reasons.Add("s3rver is not installed (scripts/test.sh does it, with npm)");
        else
            return script;
        return null;
    }

    private static Process Start(string program, string[] arguments, string folder, out Func<string> lastLine)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PYTHONPATH"] = folder;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        string last = "no output";
        lastLine = () => Volatile.Read(ref last);
        Process process = new() { StartInfo = start };

        // Read to the end, or a full pipe would stop the server.
        DataReceivedEventHandler keep = (_, line) => Volatile.Write(ref last, line.Data is { Length: > 0 } text ? text : last);
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Join(folder, program))
        .FirstOrDefault(File.Exists);

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "AotRecTrainer.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository.");
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Disposed, or ended in between.
        }
    }
}
