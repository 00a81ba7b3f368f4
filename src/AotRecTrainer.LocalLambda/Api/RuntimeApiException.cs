namespace AotRecTrainer.LocalLambda.Api;

/// <summary>A request to the Runtime API that is refused.</summary>
internal sealed class RuntimeApiException(int status, string errorType, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorType { get; } = errorType;

    public static RuntimeApiException InvalidTransition() =>
        new(403, "InvalidStateTransition", "State transition is not allowed");

    public static RuntimeApiException InvalidRequestId(string given) =>
        new(400, "InvalidRequestID", $"Invalid request ID: '{given}' is not the request being handled");

    public static RuntimeApiException UnknownEnvironment(string given) =>
        new(403, "Forbidden", $"No environment '{given}' is running");
}
