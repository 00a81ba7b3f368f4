namespace AotRecTrainer.LocalLambda.Api;

/// <summary>An invoke that the service refuses, with the name of the error in its API.</summary>
internal sealed class ServiceException(int status, string errorType, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorType { get; } = errorType;

    /// <summary>Who is to blame, as the service says it.</summary>
    public string Fault => Status >= 500 ? "Server" : "User";
}
