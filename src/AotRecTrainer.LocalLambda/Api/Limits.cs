namespace AotRecTrainer.LocalLambda.Api;

/// <summary>Sizes of payloads, as the service has them.</summary>
internal static class Limits
{
    /// <summary>Largest event of a synchronous invoke.</summary>
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>Largest event of an asynchronous invoke.</summary>
    public const int EventBytes = 1024 * 1024;

    /// <summary>Largest response of a function: 6 MB and a little for its envelope.</summary>
    public const int ResponseBytes = 6_291_556;

    /// <summary>Largest client context, decoded.</summary>
    public const int ClientContextBytes = 3583;

    /// <summary>What is read of a body at most, so that one over the limits above is answered rather than cut off.</summary>
    public const long ReadBytes = 256L * 1024 * 1024;
}
