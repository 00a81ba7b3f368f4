namespace AotRecTrainer.Lambda.Invoke;

/// <summary>What requests are signed with.</summary>
/// <param name="AccessKey">The access key's identifier, which is public.</param>
/// <param name="SecretKey">The secret.</param>
/// <param name="SessionToken">The token of temporary credentials, null for lasting ones.</param>
public sealed record SigV4Credentials(string AccessKey, string SecretKey, string? SessionToken = null)
{
    /// <summary>Names the key only: the secret and the token must not reach a log.</summary>
    public override string ToString() => $"access key {AccessKey}";
}
