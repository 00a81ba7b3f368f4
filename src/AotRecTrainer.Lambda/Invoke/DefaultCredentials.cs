using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace AotRecTrainer.Lambda.Invoke;

/// <summary>The AWS SDK's credential chain: variables, profiles, container, instance. Looked up at the first use, then refreshed by it.</summary>
public sealed class DefaultCredentials
{
    // The chain may ask the network, which a program that never invokes should not pay for. A failed look-up is not kept.
    private readonly Lazy<AWSCredentials> _chain =
        new(static () => DefaultAWSCredentialsIdentityResolver.GetCredentials(), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The credentials to sign with now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AmazonClientException">The chain found none.</exception>
    public async ValueTask<SigV4Credentials> GetAsync(CancellationToken cancellationToken)
    {
        ImmutableCredentials found = await _chain.Value.GetCredentialsAsync().WaitAsync(cancellationToken);
        return new SigV4Credentials(found.AccessKey, found.SecretKey, found.UseToken ? found.Token : null);
    }
}
