using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AotRecTrainer.Cli.Tests.Support;

/// <summary>An Invoke API on a free port that keeps the event it is sent and gives the answer that a test wants.</summary>
internal sealed class FakeLambda : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    /// <param name="answer">Given the event: the body, and the value of <c>X-Amz-Function-Error</c> or null.</param>
    public FakeLambda(Func<string, Task<(string Body, string? FunctionError)>> answer)
    {
        (_listener, Endpoint) = Listen();
        _serving = ServeAsync(answer);
    }

    public FakeLambda(string body, string? functionError = null)
        : this(_ => Task.FromResult((body, functionError)))
    {
    }

    public string Endpoint { get; }

    /// <summary>The last event; null before one came.</summary>
    public string? Event { get; private set; }

    /// <summary>The function that was invoked.</summary>
    public string? Path { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static (HttpListener Listener, string Endpoint) Listen()
    {
        // Somebody else may take the free port first; then another is tried.
        for (int attempt = 1; ; attempt++)
        {
            using TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            string endpoint = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            HttpListener listener = new() { Prefixes = { endpoint } };
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync(Func<string, Task<(string Body, string? FunctionError)>> answer)
    {
        try
        {
            while (true)
            {
                HttpListenerContext http = await _listener.GetContextAsync();
                using StreamReader reader = new(http.Request.InputStream, Encoding.UTF8);
                Event = await reader.ReadToEndAsync();
                Path = http.Request.Url!.AbsolutePath;
                (string body, string? functionError) = await answer(Event);
                if (functionError is not null) http.Response.Headers["X-Amz-Function-Error"] = functionError;
                http.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
