using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary><c>aotrec local</c>, running on a free port until disposed; ends with everything that it started.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private LocalService(Process process, Action<string>? onLine)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { } text) return;
            _lines.Enqueue(text);
            onLine?.Invoke(text);
        };
        _process.BeginErrorReadLine();
    }

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>The stand-in's log so far.</summary>
    public string[] Log => [.. _lines];

    /// <param name="onLine">Told every line of the log as it comes.</param>
    /// <param name="variables">What it gets in its environment, and its functions with it.</param>
    /// <param name="config">Its settings file; without one it has the function as it comes.</param>
    public static async Task<LocalService> StartAsync(
        Action<string>? onLine = null, IReadOnlyDictionary<string, string>? variables = null, string? config = null)
    {
        string[] arguments = ["local", "--port", "0", .. config is null ? (string[])[] : ["--config", config]];
        Process process = Process.Start(ProgramRun.StartInfo(Checkout.Aotrec, arguments, variables))!;
        LocalService service = new(process, onLine);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            string address = line?.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"aotrec local says '{line}', expected its address");
            service.Endpoint = new Uri(address);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes the function with a coordinator event.</summary>
    /// <returns>The answer, and whether the function failed.</returns>
    public Task<(JsonElement Answer, bool Failed)> TrainAsync(
        string dataset, string runs, int workers = 1, int epochs = 2, int factors = 3, string exchange = "await", string? run = null,
        int checkpointEvery = 10) =>
        InvokeAsync(JsonSerializer.Serialize(new
        {
            role = "coordinator",
            run,
            dataset = new Uri(dataset).AbsoluteUri,
            output = new Uri(runs).AbsoluteUri,
            workers,
            epochs,
            factors,
            exchange,
            checkpointEvery,
        }));

    /// <summary>Has a run go on that a coordinator left.</summary>
    /// <returns>The answer, and whether the function failed.</returns>
    public Task<(JsonElement Answer, bool Failed)> ResumeAsync(string runs, string run) =>
        InvokeAsync(JsonSerializer.Serialize(new { role = "coordinator", run, output = new Uri(runs).AbsoluteUri, resume = true }));

    /// <summary>Invokes the function with an event as it stands.</summary>
    /// <returns>The answer, and whether the function failed.</returns>
    public async Task<(JsonElement Answer, bool Failed)> InvokeAsync(string payload)
    {
        using StringContent content = new(payload);
        using HttpResponseMessage response = await _http.PostAsync(
            new Uri(Endpoint, "/2015-03-31/functions/aotrec/invocations"), content, TestContext.Current.CancellationToken);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer, response.Headers.Contains("X-Amz-Function-Error"));
    }

    /// <summary>The log once it has this many lines that start so: those about an answer come shortly after it.</summary>
    public async Task<string[]> LogWithAsync(string start, int count = 1)
    {
        await Eventually.TrueAsync(
            () => Log.Count(line => line.StartsWith(start, StringComparison.Ordinal)) >= count,
            () => $"{count} lines of {start} in\n{string.Join('\n', Log)}");
        return Log;
    }

    /// <summary>Sends a signal by its name and waits for the end.</summary>
    /// <returns>The exit code; the log is complete then.</returns>
    public async Task<int> EndAsync(string signal)
    {
        (await ProgramRun.OfAsync("kill", $"-{signal}", $"{_process.Id}")).ShouldSucceed();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
