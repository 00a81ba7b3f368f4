namespace AotRecTrainer.LocalLambda.Api;

/// <summary>A request that the service refuses, with the name of the error in its API.</summary>
internal sealed class ServiceException(int status, string errorType, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorType { get; } = errorType;

    /// <summary>What SDKs show of a throttled call beside its message; null for other errors.</summary>
    public string? Reason { get; init; }

    /// <summary>Who is to blame, as the service says it.</summary>
    public string Fault => Status >= 500 ? "Server" : "User";
}
