using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AotRecTrainer.DataPrep.Tests.Support;

/// <summary>
/// Stands in for the publisher: an archive and its checksum over HTTP on a free port of 127.0.0.1, with ranges and entity tags, and with
/// every bad manner that a test asks for. Speaks the protocol itself, so that it can break off in the middle.
/// </summary>
internal sealed class ArchiveServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public ArchiveServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>The address below which files are.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/movielens/";

    /// <summary>The archive, under any name that ends with <c>.zip</c>.</summary>
    public byte[] Content { get; set; }

    /// <summary>Its entity tag; null sends none.</summary>
    public string? Tag { get; set; } = "\"first\"";

    /// <summary>The published checksum; null for the right one.</summary>
    public string? Checksum { get; set; }

    /// <summary>Status of every answer about the archive in place of the right one.</summary>
    public int? Status { get; set; }

    /// <summary>Connections about the archive that break off, each after <see cref="BytesBeforeBreak"/>.</summary>
    public int Breaks { get; set; }

    /// <summary>Bytes of the body that come before a break.</summary>
    public int BytesBeforeBreak { get; set; } = 1000;

    /// <summary>Whether a break is silence instead of an end.</summary>
    public bool Stalls { get; set; }

    /// <summary>Whether ranges are understood.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>Bytes by which the announced length is off.</summary>
    public int LengthError { get; set; }

    /// <summary>Whether the archive is elsewhere and this address leads there.</summary>
    public bool Redirects { get; set; }

    /// <summary>The <c>Range</c> of every request about the archive, in order; empty for none.</summary>
    public ConcurrentQueue<string> Ranges { get; } = [];

    public static string Md5(byte[] content)
    {
#pragma warning disable CA5351 // What the publisher uses.
        return Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    // One request a connection.
    private async Task AnswerAsync(TcpClient connection)
    {
        using TcpClient closing = connection;
        try
        {
            await using NetworkStream stream = connection.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            string path = (await reader.ReadLineAsync(_end.Token) ?? " ").Split(' ')[1];
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
            {
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            if (path.EndsWith(".md5", StringComparison.Ordinal))
            {
                string text = Checksum ?? $"MD5 ({path[(path.LastIndexOf('/') + 1)..^4]}) = {Md5(Content)}\n";
                await SendAsync(stream, 200, [], Encoding.ASCII.GetBytes(text), text.Length);
            }
            else
            {
                await SendArchiveAsync(stream, path, headers);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task SendArchiveAsync(Stream stream, string path, Dictionary<string, string> headers)
    {
        if (Redirects && !path.StartsWith("/elsewhere/", StringComparison.Ordinal))
        {
            await SendAsync(stream, 302, [$"Location: /elsewhere{path}"], [], 0);
            return;
        }

        string range = headers.GetValueOrDefault("Range", "");
        Ranges.Enqueue(range);
        List<string> extra = Tag is null ? [] : [$"ETag: {Tag}"];
        if (Status is { } status)
        {
            await SendAsync(stream, status, extra, [], 0);
            return;
        }

        int from = KnowsRanges && range.Length > 0 && headers.GetValueOrDefault("If-Range", Tag ?? "") == Tag
            ? int.Parse(range["bytes=".Length..^1])
            : 0;
        if (from >= Content.Length)
        {
            await SendAsync(stream, 416, [.. extra, $"Content-Range: bytes */{Content.Length + LengthError}"], [], 0);
            return;
        }

        byte[] body = Content[from..];
        if (from > 0)
        {
            extra.Add($"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length + LengthError}");
        }

        bool breaks = Breaks > 0;
        Breaks -= breaks ? 1 : 0;
        await SendAsync(
            stream, from > 0 ? 206 : 200, extra, breaks ? body[..Math.Min(body.Length, BytesBeforeBreak)] : body, body.Length + LengthError);
        if (breaks && Stalls)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }
    }

    private async Task SendAsync(Stream stream, int status, IEnumerable<string> headers, byte[] body, int length)
    {
        string head = string.Join(
            "\r\n", [$"HTTP/1.1 {status} Status", .. headers, $"Content-Length: {length}", "Connection: close", "", ""]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
        await stream.WriteAsync(body, _end.Token);
    }
}
