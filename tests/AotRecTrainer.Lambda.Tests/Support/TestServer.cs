using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AotRecTrainer.Lambda.Tests.Support;

/// <summary>A small HTTP/1.1 server on a free port that records its calls and can drop connections.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<HttpCall> _calls = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<HttpCall, CancellationToken, Task<HttpAnswer>> _answer;
    private readonly Task _accepting;

    public TestServer(Func<HttpCall, HttpAnswer> answer)
        : this((call, _) => Task.FromResult(answer(call)))
    {
    }

    public TestServer(Func<HttpCall, CancellationToken, Task<HttpAnswer>> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyList<HttpCall> Calls => [.. _calls];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        _listener.Dispose();
    }

    private static async Task<string?> ReadLineAsync(Stream stream, CancellationToken stop)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (int number = 0; ; number++)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), number));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            try
            {
                await using var stream = new BufferedStream(client.GetStream());
                while (await ReadCallAsync(stream, number) is { } call)
                {
                    _calls.Enqueue(call);
                    HttpAnswer answer = await _answer(call, _stop.Token);
                    if (ReferenceEquals(answer, HttpAnswer.Drop))
                        return;
                    var head = new StringBuilder($"HTTP/1.1 {answer.Status} X\r\nContent-Length: {answer.Body.Length}\r\n");
                    foreach ((string name, string value) in answer.Headers)
                        head.Append($"{name}: {value}\r\n");
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
                    await stream.WriteAsync(answer.Body, _stop.Token);
                    await stream.FlushAsync(_stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or the client hung up.
            }
        }
    }

    private async Task<HttpCall?> ReadCallAsync(Stream stream, int number)
    {
        if (await ReadLineAsync(stream, _stop.Token) is not { Length: > 0 } request)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(stream, _stop.Token) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        string[] parts = request.Split(' ');
        return new HttpCall(parts[0], parts[1], headers, body, number);
    }
}
