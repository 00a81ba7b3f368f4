using AotRecTrainer.LocalLambda.Api;
using AotRecTrainer.LocalLambda.Invocations;

namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>What callers are told when an environment fails rather than its function, in the service's words.</summary>
internal static class EnvironmentFailure
{
    /// <summary>The program could not be started.</summary>
    public static InvocationOutcome NotStarted(string message) => Error("Runtime.InvalidEntrypoint", message);

    /// <summary>The process ended before it got the event.</summary>
    public static InvocationOutcome NotDelivered(string exit) =>
        new(InvocationStatus.NotDelivered, ErrorJson.Function("Runtime.ExitError", exit), "Runtime.ExitError");

    /// <summary>The process ended by itself or was killed for its memory.</summary>
    public static InvocationOutcome Exited(string requestId, string exit, out string message)
    {
        message = $"RequestId: {requestId} Error: {exit}";
        return Error("Runtime.ExitError", message);
    }

    /// <summary>The process was killed for the time it took.</summary>
    public static InvocationOutcome TimedOut(string requestId, TimeSpan limit, out string message)
    {
        message = $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {requestId} Task timed out after {limit.TotalSeconds:F2} seconds";
        return new(InvocationStatus.Timeout, ErrorJson.Function("Sandbox.Timedout", message), "Sandbox.Timedout");
    }

    private static InvocationOutcome Error(string type, string message) => new(InvocationStatus.Error, ErrorJson.Function(type, message), type);
}
