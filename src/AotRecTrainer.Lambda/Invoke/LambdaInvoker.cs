using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Lambda.Invoke;

/// <summary>
/// Runs functions through the Invoke API of AWS Lambda, or of a host that speaks it. Throttling (429), errors of the service (5xx)
/// and failed connections are tried again with growing, random waits; a function may therefore run more than once for one call.
/// </summary>
public sealed class LambdaInvoker : IFunctionInvoker, IDisposable
{
    /// <summary>The largest event of a synchronous call, in bytes.</summary>
    public const int MaximumPayloadBytes = 6 * 1024 * 1024;

    /// <summary>The largest event of an asynchronous call, in bytes.</summary>
    public const int MaximumEventBytes = 1024 * 1024;

    // The service's limit is 6 MB; the rest is room for a host that counts differently.
    private const int MaximumAnswerBytes = 8 * 1024 * 1024;
    private const string Service = "lambda";

    private readonly LambdaInvokerOptions _options;
    private readonly HttpClient _http;

    /// <summary>Prepares the invoker; nothing is sent or looked up yet.</summary>
    /// <param name="options">Where and how to call.</param>
    public LambdaInvoker(LambdaInvokerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumAttempts, 1, nameof(options));
        _options = options;
        _http = new HttpClient(InvokeHandler.Create())
        {
            Timeout = Timeout.InfiniteTimeSpan, // each attempt has its own
            MaxResponseContentBufferSize = MaximumAnswerBytes,
        };
    }

    /// <inheritdoc/>
    public async Task<InvokeOutcome> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        CheckLength(function, payload, MaximumPayloadBytes, "synchronous");
        using HttpResponseMessage response = await CallAsync(
            function, payload, "RequestResponse", HttpStatusCode.OK, cancellationToken);
        string? error = Header(response, "X-Amz-Function-Error");
        return new InvokeOutcome(await response.Content.ReadAsByteArrayAsync(cancellationToken), error);
    }

    /// <inheritdoc/>
    public async Task InvokeEventAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        CheckLength(function, payload, MaximumEventBytes, "asynchronous");
        using HttpResponseMessage response = await CallAsync(function, payload, "Event", HttpStatusCode.Accepted, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void CheckLength(string function, ReadOnlyMemory<byte> payload, int maximum, string kind)
    {
        if (payload.Length > maximum)
        {
            throw new InvokeException(
                $"Invoke of {function}: the event has {payload.Length} bytes, {kind} calls take at most {maximum}");
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    private static bool IsTransient(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || (int)status >= 500;

    // What repeating can mend: the connection, the name's look-up, a dropped answer. A certificate or an endless answer stays as it is.
    private static bool IsTransient(HttpRequestException e) => e.HttpRequestError is
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ResponseEnded or HttpRequestError.Unknown;

    private static async Task<string> DescribeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = $"status {(int)response.StatusCode}";
        if (Header(response, "x-amzn-ErrorType") is { } type)
            text += " " + type.Split(':')[0];
        try
        {
            byte[] json = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (JsonSerializer.Deserialize(json, InvokeJsonContext.Default.ServiceError)?.Message is { Length: > 0 } message)
                text += ": " + message;
        }
        catch (JsonException)
        {
            // A proxy's page, say: the status has to do.
        }

        return text;
    }

    private async Task<HttpResponseMessage> CallAsync(
        string function, ReadOnlyMemory<byte> payload, string invocationType, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        Uri address = AddressOf(function);
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            string problem;
            HttpRequestException? failure = null;
            TimeSpan? asked = null;
            try
            {
                HttpResponseMessage response = await SendAsync(function, address, payload, invocationType, cancellationToken);
                if (response.StatusCode == expected)
                    return response;
                using (response)
                {
                    problem = await DescribeAsync(response, cancellationToken);
                    if (!IsTransient(response.StatusCode))
                        throw new InvokeException($"Invoke of {function}: {problem}");
                    asked = response.Headers.RetryAfter?.Delta;
                }
            }
            catch (HttpRequestException e)
            {
                problem = e.Message;
                failure = e;
                if (!IsTransient(e))
                    throw new InvokeException($"Invoke of {function}: {problem}", e);
            }

            TimeSpan delay = DelayAfter(attempt, asked);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (attempt >= _options.MaximumAttempts || elapsed + delay > _options.RetryWindow)
            {
                throw new InvokeException(
                    $"Invoke of {function}: {problem} (attempt {attempt} of {_options.MaximumAttempts}, after {elapsed.TotalSeconds:0.0} s)",
                    failure);
            }

            await Task.Delay(delay, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        string function, Uri address, ReadOnlyMemory<byte> payload, string invocationType, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.AttemptTimeout);
        try
        {
            SigV4Credentials credentials = await CredentialsAsync(function, timeout.Token);
            using HttpRequestMessage request = CreateRequest(address, payload, invocationType, credentials);
            return await _http.SendAsync(request, timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Not tried again: the function has had all the time a function can have.
            throw new InvokeException($"Invoke of {function}: no answer within {_options.AttemptTimeout.TotalSeconds:0.###} s", e);
        }
    }

    private HttpRequestMessage CreateRequest(Uri address, ReadOnlyMemory<byte> payload, string invocationType, SigV4Credentials credentials)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        List<KeyValuePair<string, string>> headers =
        [
            new("x-amz-date", SigV4Signer.FormatTime(now)),
            new("x-amz-invocation-type", invocationType),
        ];
        if (credentials.SessionToken is { } token)
            headers.Add(new("x-amz-security-token", token));

        var request = new HttpRequestMessage(HttpMethod.Post, address);
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        request.Content = new ReadOnlyMemoryContent(payload);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        headers.Add(new("host", address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}"));
        headers.Add(new("content-type", "application/json"));
        SigV4Signature signature = SigV4Signer.Sign(
            new SigV4Request { Method = "POST", Path = address.AbsolutePath, Headers = headers, Body = payload },
            credentials,
            _options.Region,
            Service,
            now);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        return request;
    }

    private async ValueTask<SigV4Credentials> CredentialsAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            return await _options.Credentials(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvokeException($"Invoke of {function}: no AWS credentials: {e.Message}", e);
        }
    }

    private Uri AddressOf(string function)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        // A name of dots would climb out of its place in the path.
        if (!function.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '$' or '.') || function.All(c => c == '.'))
            throw new InvokeException($"'{function}' is no name or ARN of a function");
        string root = _options.Endpoint.AbsoluteUri.TrimEnd('/');
        return new Uri($"{root}/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations");
    }

    private TimeSpan DelayAfter(int attempt, TimeSpan? asked)
    {
        double full = _options.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1);
        // Half of it random, so that workers throttled together do not come back together.
        double own = Math.Min(full, _options.MaximumDelay.TotalMilliseconds) * (0.5 + (0.5 * Random.Shared.NextDouble()));
        double least = Math.Min((asked ?? TimeSpan.Zero).TotalMilliseconds, _options.MaximumDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Max(own, least));
    }
}
