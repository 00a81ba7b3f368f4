using Amazon.S3;

namespace AotRecTrainer.Storage;

/// <summary>Makes S3 clients from the environment.</summary>
internal static class S3Clients
{
    // Pauses are drawn from up to 1, 2, 4 and 8 s: a server that is away for some seconds costs time, not a run.
    private const int OutageRetries = 4;

    /// <summary>Makes a client.</summary>
    /// <param name="repeat">Whether it may repeat requests that fail in passing (up to four times more).</param>
    public static AmazonS3Client Create(bool repeat)
    {
        AmazonS3Config config = new() { MaxErrorRetry = repeat ? OutageRetries : 0 };
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
