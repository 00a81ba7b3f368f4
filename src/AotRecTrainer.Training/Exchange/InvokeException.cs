namespace AotRecTrainer.Training.Exchange;

/// <summary>A function could not be invoked: the transport failed or the service refused. The function itself did not fail.</summary>
public sealed class InvokeException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when asking again cannot help: there is no such function, the caller may not invoke it, or the event is refused.</summary>
    public bool IsPermanent { get; init; }
}
