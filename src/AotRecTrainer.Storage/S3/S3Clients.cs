using Amazon.S3;

namespace AotRecTrainer.Storage.S3;

/// <summary>Makes S3 clients from the environment.</summary>
internal static class S3Clients
{
    /// <summary>Makes a client that leaves repetitions and time limits to <see cref="RetryingSender"/>.</summary>
    /// <param name="requests">Counts what it sends.</param>
    public static AmazonS3Client Create(RequestCounter requests)
    {
        AmazonS3Config config = new()
        {
            MaxErrorRetry = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            HttpClientFactory = new S3HttpClientFactory(requests),
        };
        if (CustomEndpoint() is string endpoint)
        {
            // A server of one's own seldom has a host name for every bucket.
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? "us-east-1";
        }

        return new AmazonS3Client(config);
    }

    private static string? CustomEndpoint() => Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
