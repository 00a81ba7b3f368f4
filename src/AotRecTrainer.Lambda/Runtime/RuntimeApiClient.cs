using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>
/// The calls of the Lambda Runtime API, version 2018-06-01, over one connection. Nothing is retried: the platform gives up on an
/// environment whose runtime failed a call, so the process that sees <see cref="RuntimeApiException"/> must end.
/// </summary>
public sealed class RuntimeApiClient : IDisposable
{
    /// <summary>The variable the platform sets: host and port, possibly with a path.</summary>
    public const string AddressVariable = "AWS_LAMBDA_RUNTIME_API";

    private const string Version = "2018-06-01";
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    // 6 MB is the platform's limit for an event; the rest is room for a host that counts differently.
    private const int MaximumEventBytes = 8 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue JsonContent = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorContent = new("application/vnd.aws.lambda.error+json");
    private static readonly TimeSpan PostTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    /// <summary>Prepares the client; nothing is sent yet.</summary>
    /// <param name="address">Host and port, possibly with a path, without a scheme: <c>127.0.0.1:9001</c>, <c>localhost:5050/fn</c>.</param>
    /// <exception cref="RuntimeApiException">The address is none.</exception>
    public RuntimeApiClient(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Contains("://", StringComparison.Ordinal)
            || !Uri.TryCreate($"http://{address.TrimEnd('/')}/{Version}/", UriKind.Absolute, out Uri? baseAddress)
            || baseAddress.Query.Length > 0)
        {
            throw new RuntimeApiException($"{AddressVariable} is '{address}', expected host:port, with or without a path");
        }

        BaseAddress = baseAddress;
        _http = new HttpClient(CreateHandler())
        {
            Timeout = Timeout.InfiniteTimeSpan, // the environment is frozen while `next` hangs, for hours if need be
            MaxResponseContentBufferSize = MaximumEventBytes,
        };
    }

    /// <summary>Where the calls go, with the version and a final slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Prepares a client from the environment of the process.</summary>
    /// <exception cref="RuntimeApiException">The variable is not set, or is no address.</exception>
    public static RuntimeApiClient FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(AddressVariable)
            ?? throw new RuntimeApiException($"{AddressVariable} is not set: this program runs inside AWS Lambda or a local host of it"));

    /// <summary>Waits for the next event, without a time-out.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RuntimeApiException">The connection failed or dropped, or the answer is not an event.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        const string path = "runtime/invocation/next";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(BaseAddress, path));
        // An empty body, because HttpClient silently repeats a body-less request when a reused connection drops under it. A dropped
        // `next` means that the host is gone, or has handed out an event nobody received: the process must end, not ask again.
        request.Content = new ByteArrayContent([]);
        using HttpResponseMessage response = await SendAsync(request, path, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            throw await RefusedAsync(path, response, "200", cancellationToken);

        string id = Header(response, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new RuntimeApiException($"{path}: the answer has no Lambda-Runtime-Aws-Request-Id header");
        byte[] payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Invocation(
            id,
            payload,
            ParseDeadline(Header(response, "Lambda-Runtime-Deadline-Ms")),
            Header(response, "Lambda-Runtime-Invoked-Function-Arn") ?? "",
            Header(response, "Lambda-Runtime-Trace-Id"));
    }

    /// <summary>Hands in the answer to an event.</summary>
    /// <param name="requestId">The event's <see cref="Invocation.RequestId"/>.</param>
    /// <param name="payload">The answer, UTF-8 JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuntimeApiException">The answer was not accepted.</exception>
    public Task PostResponseAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PostAsync(InvocationPath(requestId, "response"), payload, JsonContent, null, cancellationToken);

    /// <summary>Hands in the failure of an event.</summary>
    /// <param name="requestId">The event's <see cref="Invocation.RequestId"/>.</param>
    /// <param name="report">The error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuntimeApiException">The report was not accepted.</exception>
    public Task PostErrorAsync(string requestId, ErrorReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return PostAsync(InvocationPath(requestId, "error"), report.Body, ErrorContent, report.ErrorType, cancellationToken);
    }

    /// <summary>Reports that the process cannot start.</summary>
    /// <param name="report">The error.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RuntimeApiException">The report was not accepted.</exception>
    public Task PostInitErrorAsync(ErrorReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return PostAsync("runtime/init/error", report.Body, ErrorContent, report.ErrorType, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 1,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    };

    private static string InvocationPath(string requestId, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        return $"runtime/invocation/{Uri.EscapeDataString(requestId)}/{what}";
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset ParseDeadline(string? text)
    {
        if (text is null)
            return DateTimeOffset.MaxValue;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        throw new RuntimeApiException($"Lambda-Runtime-Deadline-Ms is '{text}', expected milliseconds since 1970");
    }

    private static async Task<RuntimeApiException> RefusedAsync(
        string path, HttpResponseMessage response, string expected, CancellationToken cancellationToken)
    {
        string detail = "";
        try
        {
            byte[] json = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            ErrorBody? error = JsonSerializer.Deserialize(json, RuntimeJsonContext.Default.ErrorBody);
            if (error is { ErrorType: not null } or { ErrorMessage: not null })
                detail = $": {error.ErrorType}: {error.ErrorMessage}";
        }
        catch (JsonException)
        {
            // The status says enough; a body in another form adds nothing.
        }

        return new RuntimeApiException($"{path}: status {(int)response.StatusCode}, expected {expected}{detail}");
    }

    private async Task PostAsync(
        string path, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, string? errorType, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(PostTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(BaseAddress, path));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = type;
        if (errorType is not null)
            request.Headers.Add(ErrorTypeHeader, errorType);
        try
        {
            using HttpResponseMessage response = await SendAsync(request, path, timeout.Token);
            if (response.StatusCode != HttpStatusCode.Accepted)
                throw await RefusedAsync(path, response, "202", timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RuntimeApiException($"{path}: no answer within {PostTimeout.TotalSeconds:0} s", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new RuntimeApiException($"{path}: {e.Message}", e);
        }
    }
}
