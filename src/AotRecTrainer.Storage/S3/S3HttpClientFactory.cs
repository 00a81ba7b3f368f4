using Amazon.Runtime;

namespace AotRecTrainer.Storage.S3;

/// <summary>Makes the HTTP client of an S3 client.</summary>
/// <param name="requests">Counts what is sent.</param>
internal sealed class S3HttpClientFactory(RequestCounter requests) : HttpClientFactory
{
    /// <summary>Makes one that sets no time limits of its own: those are <see cref="RetryingSender"/>'s.</summary>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        SocketsHttpHandler sockets = new() { AllowAutoRedirect = false, UseCookies = false };
        return new HttpClient(new S3HttpHandler(requests, sockets)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>No other S3 client uses it.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <summary>It serves all requests of its S3 client.</summary>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
