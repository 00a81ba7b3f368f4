namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>How an attempt at an invocation ended.</summary>
internal enum InvocationStatus
{
    /// <summary>The function posted a response.</summary>
    Success,

    /// <summary>The function posted an error, or its process ended.</summary>
    Error,

    /// <summary>The function was killed for taking too long.</summary>
    Timeout,

    /// <summary>The process ended before it was handed the event, which can thus be given to another.</summary>
    NotDelivered,
}
