using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AotRecTrainer.Lambda.Invoke;

namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>Reads log groups of CloudWatch Logs. Throttling and errors of the service are tried again with growing waits.</summary>
/// <param name="options">Where and how.</param>
public sealed class CloudWatchLogs(CloudWatchOptions options) : IDisposable
{
    private const string Target = "Logs_20140328.FilterLogEvents";
    private const string ContentType = "application/x-amz-json-1.1";
    private const int AttemptsMax = 6;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http = new(InvokeHandler.Create());

    /// <summary>The entries of a log group, in the order of their times.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="startTime">Epoch milliseconds before which none is wanted; null for all.</param>
    /// <param name="phrase">Words that a message must have, in this order; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CloudWatchException">The service refused, or cannot be reached.</exception>
    public async Task<IReadOnlyList<CloudWatchEvent>> FilterAsync(
        string group, long? startTime, string? phrase, CancellationToken cancellationToken)
    {
        List<CloudWatchEvent> found = [];
        string? next = null;
        do
        {
            FilterRequest asked = new(group, startTime, phrase is null ? null : $"\"{phrase}\"", next);
            FilterAnswer page = await AskAsync(asked, cancellationToken);
            found.AddRange(page.Events ?? []);
            next = page.NextToken;
        }
        while (next is not null);
        return [.. found.OrderBy(entry => entry.Timestamp)];
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<FilterAnswer> AskAsync(FilterRequest asked, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(asked, CloudWatchJson.Default.FilterRequest);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using HttpRequestMessage request = Sign(body, await options.Credentials(cancellationToken), DateTimeOffset.UtcNow);
                using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
                byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (response.IsSuccessStatusCode) return JsonSerializer.Deserialize(answer, CloudWatchJson.Default.FilterAnswer) ?? new FilterAnswer(null, null);
                (string problem, bool isTransient) = Describe(response.StatusCode, answer);
                if (!isTransient || attempt == AttemptsMax) throw new CloudWatchException($"log group {asked.LogGroupName}: {problem}");
            }
            catch (HttpRequestException) when (attempt < AttemptsMax)
            {
                // A connection that was refused or dropped.
            }
            catch (Exception problem) when (problem is HttpRequestException or JsonException or Amazon.Runtime.AmazonClientException)
            {
                throw new CloudWatchException($"log group {asked.LogGroupName}: {problem.Message}", problem);
            }

            await Task.Delay(Backoff.Delay(attempt, FirstDelay, LongestDelay, asked: null, Random.Shared.NextDouble()), cancellationToken);
        }
    }

    private static (string Problem, bool IsTransient) Describe(HttpStatusCode status, byte[] answer)
    {
        Refusal? refusal = null;
        try
        {
            refusal = JsonSerializer.Deserialize(answer, CloudWatchJson.Default.Refusal);
        }
        catch (JsonException)
        {
            // A proxy's page, say: the status has to do.
        }

        string? type = refusal?.Type?.Split('#')[^1];
        bool isTransient = status == HttpStatusCode.TooManyRequests || (int)status >= 500 || type == "ThrottlingException";
        return ($"status {(int)status} {type}: {refusal?.Message}", isTransient);
    }

    private HttpRequestMessage Sign(byte[] body, SigV4Credentials credentials, DateTimeOffset now)
    {
        Uri address = new(options.Endpoint, "/");
        List<KeyValuePair<string, string>> headers = [new("x-amz-date", SigV4Signer.FormatTime(now)), new("x-amz-target", Target)];
        if (credentials.SessionToken is { } token) headers.Add(new("x-amz-security-token", token));
        HttpRequestMessage request = new(HttpMethod.Post, address);
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        headers.Add(new("host", address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}"));
        headers.Add(new("content-type", ContentType));
        SigV4Request covered = new() { Method = "POST", Path = address.AbsolutePath, Headers = headers, Body = body };
        request.Headers.TryAddWithoutValidation("Authorization", SigV4Signer.Sign(covered, credentials, options.Region, "logs", now).Authorization);
        return request;
    }
}
