namespace AotRecTrainer.Lambda.Runtime;

/// <summary>One event to handle, as the Runtime API handed it out.</summary>
/// <param name="RequestId">The identifier the answer must carry.</param>
/// <param name="Payload">The event, UTF-8 JSON; may be empty.</param>
/// <param name="Deadline">When the platform will end the function; <see cref="DateTimeOffset.MaxValue"/> when it did not say.</param>
/// <param name="FunctionArn">The ARN the function was invoked by; empty when it was not given.</param>
/// <param name="TraceId">The X-Ray trace header, null when there is none.</param>
public sealed record Invocation(
    string RequestId,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset Deadline,
    string FunctionArn,
    string? TraceId);
