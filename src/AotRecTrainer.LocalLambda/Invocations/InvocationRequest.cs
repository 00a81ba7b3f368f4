namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>What a caller asked for; each attempt at it is an <see cref="Invocation"/>.</summary>
internal sealed record InvocationRequest
{
    public required string RequestId { get; init; }

    public required string FunctionArn { get; init; }

    /// <summary>The event, one JSON value.</summary>
    public required byte[] Payload { get; init; }

    public required string TraceId { get; init; }

    /// <summary>JSON of the caller's client context, or null.</summary>
    public string? ClientContext { get; init; }

    /// <summary>Whether the caller waits for the end of the log.</summary>
    public bool WantsLogTail { get; init; }
}
