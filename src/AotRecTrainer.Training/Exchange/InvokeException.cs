namespace AotRecTrainer.Training.Exchange;

/// <summary>A function could not be invoked: the transport failed or the service refused. The function itself did not fail.</summary>
public sealed class InvokeException(string message, Exception? inner = null) : Exception(message, inner);
