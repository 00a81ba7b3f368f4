namespace AotRecTrainer.Training.Exchange;

/// <summary>Runs functions: the door behind which AWS Lambda, or its local stand-in, stands.</summary>
public interface IFunctionInvoker
{
    /// <summary>Runs a function and waits for its answer.</summary>
    /// <exception cref="InvokeException">The service could not be reached or refused the call.</exception>
    Task<InvokeOutcome> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Queues an asynchronous event and returns when it was accepted.</summary>
    /// <exception cref="InvokeException">The service could not be reached or refused the call.</exception>
    Task InvokeEventAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
