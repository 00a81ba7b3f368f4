namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>What an attempt at an invocation came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Payload">Body for the caller.</param>
/// <param name="ErrorType">Kind of failure for the REPORT line; null on success.</param>
internal sealed record InvocationOutcome(InvocationStatus Status, byte[] Payload, string? ErrorType = null);
