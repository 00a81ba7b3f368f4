namespace AotRecTrainer.Training.Exchange;

/// <summary>What a function answered.</summary>
/// <param name="Payload">The answer, or the error's JSON when the function failed.</param>
/// <param name="FunctionError">The kind of failure (<c>Unhandled</c>, <c>Handled</c>); null on success.</param>
public sealed record InvokeOutcome(ReadOnlyMemory<byte> Payload, string? FunctionError);
