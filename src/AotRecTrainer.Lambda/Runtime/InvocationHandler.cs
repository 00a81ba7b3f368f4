namespace AotRecTrainer.Lambda.Runtime;

/// <summary>Handles one event.</summary>
/// <param name="invocation">The event and its surroundings.</param>
/// <param name="cancellationToken">Signalled when the process is asked to end; not tied to the deadline.</param>
/// <returns>The answer, UTF-8 JSON.</returns>
/// <exception cref="FunctionErrorException">To fail the invocation with an error type of the function's own.</exception>
public delegate Task<ReadOnlyMemory<byte>> InvocationHandler(Invocation invocation, CancellationToken cancellationToken);
