using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AotRecTrainer.Interop.Tests.Support;

/// <summary>A Node process with other people's readers and writers in it: <c>node/peer.mjs</c>. Answers one request at a time.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly SemaphoreSlim _turn = new(1);
    private string _lastError = "no message";

    private NodePeer(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _lastError = line.Data is { Length: > 0 } text ? text : _lastError;
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts <paramref name="program"/> on the script in <paramref name="folder"/>.</summary>
    public static NodePeer Start(string program, string folder)
    {
        ProcessStartInfo start = new(program, ["peer.mjs"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodePeer(Process.Start(start)!);
    }

    /// <summary>Sends a request and gives out the result.</summary>
    /// <exception cref="InvalidOperationException">The other side failed; the message is its own.</exception>
    public async Task<JsonNode> AskAsync(string verb, JsonObject request)
    {
        request["verb"] = verb;
        await _turn.WaitAsync();
        try
        {
            using CancellationTokenSource patience = new(Patience);
            await _process.StandardInput.WriteLineAsync(request.ToJsonString().AsMemory(), patience.Token);
            await _process.StandardInput.FlushAsync(patience.Token);
            string line = await _process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"node ended without an answer to {verb}: {_lastError}");
            JsonNode reply = JsonNode.Parse(line)!;
            return reply["result"] ?? throw new InvalidOperationException($"{verb}: {reply["error"]}");
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _turn.Dispose();
    }
}
