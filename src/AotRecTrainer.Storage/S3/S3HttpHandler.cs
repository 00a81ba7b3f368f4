namespace AotRecTrainer.Storage.S3;

/// <summary>
/// The last stop before the line: counts requests, and keeps those that write from being repeated unseen. Both the runtime and the SDK send a
/// request again when its connection breaks before an answer, whatever the SDK is told about repetitions; a conditional write would then find
/// its own object, and nobody would know that there were two.
/// </summary>
/// <param name="requests">Counts what is sent.</param>
/// <param name="inner">Sends.</param>
internal sealed class S3HttpHandler(RequestCounter requests, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count(request);
        if (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
            request.Content = new OnceContent(request.Content ?? new ByteArrayContent([]));
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Without the cause that the SDK looks for.
            throw new BrokenConnectionException(e.InnerException is { } cause ? $"{e.Message} ({cause.Message})" : e.Message);
        }
    }

    private void Count(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Delete)
            requests.CountDelete();
        else if (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
            requests.CountPut();
        else if (request.RequestUri!.Query.Contains("list-type=", StringComparison.Ordinal))
            requests.CountList();
        else
            requests.CountGet();
    }
}
