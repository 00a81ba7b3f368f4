using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace AotRecTrainer.Deploy.Tests.Support;

/// <summary>A Docker engine and an image registry of the tests' own, in a temporary folder; gone with everything in them at the end.</summary>
public sealed class EngineService : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _folder = Directory.CreateTempSubdirectory("aotrec-engine").FullName;
    private readonly List<Process> _processes = [];
    private string _reason = "";

    /// <summary>Host and port of the registry.</summary>
    public string Registry { get; private set; } = "";

    /// <summary>What makes the docker client talk to the engine, and keep its logins in the folder.</summary>
    public Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["DOCKER_HOST"] = $"unix://{_folder}/socket",
        ["DOCKER_CONFIG"] = _folder,
    };

    public async ValueTask InitializeAsync()
    {
        if (Environment.UserName != "root")
        {
            _reason = "a Docker engine of the tests' own needs root";
            return;
        }

        try
        {
            // No bridge and no firewall rules: images are pushed and never run.
            Start("dockerd", "--iptables=false", "--bridge=none", "--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec",
                "--pidfile", $"{_folder}/pid", "--host", Variables["DOCKER_HOST"]);
            Registry = $"127.0.0.1:{FreePort()}";
            File.WriteAllText(
                $"{_folder}/registry.yml",
                $"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {_folder}/registry\nhttp:\n  addr: {Registry}\n");
            Start("docker-registry", "serve", $"{_folder}/registry.yml");
        }
        catch (Win32Exception problem)
        {
            _reason = $"no Docker engine and registry (apt-get install docker.io docker-registry): {problem.Message}";
            return;
        }

        await AwaitAsync("the Docker engine", async () => (await CommandRun.OfAsync("docker", ["info"], Variables)).ExitCode == 0);
        await AwaitAsync("the registry", async () => (await Http.GetAsync(new Uri($"http://{Registry}/v2/"))).IsSuccessStatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            // Not killed: the engine ends what it has started itself.
            if (!process.HasExited) await CommandRun.OfAsync("kill", [$"{process.Id}"]);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Skips the test, with the reason, where there is no such engine.</summary>
    public void ShouldBeThere() => Assert.SkipWhen(_reason.Length > 0, _reason);

    /// <summary>The digest that the registry has for a tag; null when it has none.</summary>
    public async Task<string?> DigestOfAsync(string repository, string tag)
    {
        using HttpRequestMessage request = new(HttpMethod.Head, new Uri($"http://{Registry}/v2/{repository}/manifests/{tag}"));
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? response.Headers.GetValues("Docker-Content-Digest").Single() : null;
    }

    private void Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", "exec \"$0\" \"$@\" >\"$AOTREC_LOG\" 2>&1", program, .. arguments]) { UseShellExecute = false };
        start.Environment["AOTREC_LOG"] = $"{_folder}/{program}.log";
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
            throw new Win32Exception(2, $"{program} is not on the path");
        _processes.Add(Process.Start(start)!);
    }

    private async Task AwaitAsync(string what, Func<Task<bool>> isThere)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(100))
        {
            try
            {
                if (await isThere()) return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        _reason = $"{what} did not start: {string.Join(" | ", Directory.EnumerateFiles(_folder, "*.log").SelectMany(log => File.ReadLines(log).TakeLast(2)))}";
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
