using System.Net.Http.Headers;
using AotRecTrainer.Training.Exchange;

namespace AotRecTrainer.Lambda.Invoke;

/// <summary>One invoke as a signed HTTP request; made anew for each attempt, because a signature holds for minutes.</summary>
/// <param name="address">Where it goes.</param>
/// <param name="payload">The event.</param>
/// <param name="invocationType"><c>RequestResponse</c> or <c>Event</c>.</param>
internal sealed class InvokeRequest(Uri address, ReadOnlyMemory<byte> payload, string invocationType)
{
    private const string Service = "lambda";
    private const string ContentType = "application/json";

    /// <summary>Where a function is invoked.</summary>
    /// <exception cref="InvokeException">It is no name or ARN.</exception>
    public static Uri AddressOf(Uri endpoint, string function)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        // A name of dots would climb out of its place in the path.
        if (!function.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '$' or '.') || function.All(c => c == '.'))
            throw new InvokeException($"'{function}' is no name or ARN of a function") { IsPermanent = true };
        string root = endpoint.AbsoluteUri.TrimEnd('/');
        return new Uri($"{root}/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations");
    }

    /// <summary>The request as it is to be sent; the caller's to dispose.</summary>
    public HttpRequestMessage Sign(SigV4Credentials credentials, string region, DateTimeOffset now)
    {
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
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);

        headers.Add(new("host", address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}"));
        headers.Add(new("content-type", ContentType));
        var covered = new SigV4Request { Method = "POST", Path = address.AbsolutePath, Headers = headers, Body = payload };
        SigV4Signature signature = SigV4Signer.Sign(covered, credentials, region, Service, now);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        return request;
    }
}
