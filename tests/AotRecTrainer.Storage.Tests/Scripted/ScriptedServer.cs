using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AotRecTrainer.Storage.Tests.Scripted;

/// <summary>An HTTP server that does what a script says, down to broken connections. It keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Request, int, Answer> _script;
    private readonly Task _accepting;
    private readonly string? _endpointBefore = Environment.GetEnvironmentVariable(EndpointVariable);
    private int _count;

    private const string EndpointVariable = "AWS_ENDPOINT_URL_S3";

    /// <summary>Starts it, and points the AWS SDK in this process at it until its disposal.</summary>
    /// <param name="script">The answer to a request and its number, from 1. Called from several threads.</param>
    public ScriptedServer(Func<Request, int, Answer> script)
    {
        _script = script;
        _listener.Start();
        Environment.SetEnvironmentVariable(EndpointVariable, $"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<Request> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(EndpointVariable, _endpointBefore);
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    Requests.Enqueue(request);
                    if (!await AnswerAsync(client, stream, _script(request, Interlocked.Increment(ref _count)), request.Method == "HEAD"))
                        return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task<bool> AnswerAsync(TcpClient client, NetworkStream stream, Answer answer, bool headOnly)
    {
        switch (answer.Status)
        {
            case 0:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            case < 0:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                return false;
        }

        StringBuilder head = new($"HTTP/1.1 {answer.Status} Planned\r\nContent-Length: {(answer.Length < 0 ? answer.Body.Length : answer.Length)}\r\n");
        foreach ((string name, string value) in answer.Headers)
            head.Append($"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        if (!headOnly)
            await stream.WriteAsync(answer.Body, _stop.Token);
        return answer.Length <= answer.Body.Length || headOnly;
    }

    private async Task<Request?> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                return null;
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = lines[1..].Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (headers.ContainsKey("Expect"))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new Request(first[0], first[1], headers, body);
    }
}
