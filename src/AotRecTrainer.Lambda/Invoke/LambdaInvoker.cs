using System.Diagnostics;
using System.Net;
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
                $"Invoke of {function}: the event has {payload.Length} bytes, {kind} calls take at most {maximum}")
            { IsPermanent = true };
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) && values.FirstOrDefault() is { Length: > 0 } value ? value : null;

    // A wrong event or name, no permission, no such function, an event that is too large.
    private static bool IsPermanent(HttpStatusCode status) => status is
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge;

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
        var request = new InvokeRequest(InvokeRequest.AddressOf(_options.Endpoint, function), payload, invocationType);
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            string problem;
            HttpRequestException? failure = null;
            TimeSpan? asked = null;
            try
            {
                HttpResponseMessage response = await SendAsync(function, request, cancellationToken);
                if (response.StatusCode == expected)
                    return response;
                using (response)
                {
                    problem = await DescribeAsync(response, cancellationToken);
                    if (!IsTransient(response.StatusCode))
                        throw new InvokeException($"Invoke of {function}: {problem}") { IsPermanent = IsPermanent(response.StatusCode) };
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

            TimeSpan delay = Backoff.Delay(attempt, _options.FirstDelay, _options.MaximumDelay, asked, Random.Shared.NextDouble());
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

    private async Task<HttpResponseMessage> SendAsync(string function, InvokeRequest request, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.AttemptTimeout);
        try
        {
            SigV4Credentials credentials = await CredentialsAsync(function, timeout.Token);
            using HttpRequestMessage signed = request.Sign(credentials, _options.Region, DateTimeOffset.UtcNow);
            return await _http.SendAsync(signed, timeout.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Not tried again: the function has had all the time a function can have.
            throw new InvokeException($"Invoke of {function}: no answer within {_options.AttemptTimeout.TotalSeconds:0.###} s", e);
        }
    }

    private async ValueTask<SigV4Credentials> CredentialsAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            return await _options.Credentials(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The chain says a line for each of its members.
            string problem = string.Join("; ", e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            throw new InvokeException($"Invoke of {function}: no AWS credentials: {problem}", e);
        }
    }
}
