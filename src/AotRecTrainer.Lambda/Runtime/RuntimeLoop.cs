using AotRecTrainer.Lambda.Logs;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>Asks for events and answers them, one at a time, until the host goes away.</summary>
/// <param name="client">The Runtime API; stays the caller's to dispose.</param>
/// <param name="handler">What handles an event.</param>
/// <param name="log">Where failures are written; names each event while it is handled.</param>
public sealed class RuntimeLoop(RuntimeApiClient client, InvocationHandler handler, FunctionLog log)
{
    /// <summary>The largest answer the platform takes from a function, in bytes.</summary>
    public const int MaximumResponseBytes = 6 * 1024 * 1024;

    private const string TraceVariable = "_X_AMZN_TRACE_ID";

    /// <summary>
    /// Runs until the token is signalled or the Runtime API fails. An event being handled when the token is signalled is still
    /// answered. An exception of the handler fails its event and nothing else.
    /// </summary>
    /// <param name="cancellationToken">Asks the loop to end; passed on to the handler.</param>
    /// <returns>The process's exit code: 0 when asked to end, 1 when the Runtime API failed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                Invocation invocation = await client.NextAsync(cancellationToken);
                // Null takes the variable away, so that an event without a trace does not inherit the last one's.
                Environment.SetEnvironmentVariable(TraceVariable, invocation.TraceId);
                log.RequestId = invocation.RequestId;
                await HandleAsync(invocation, cancellationToken);
                log.RequestId = null;
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (RuntimeApiException e)
        {
            log.Write(LogLevel.Fatal, $"Runtime API failed, the process ends: {e.Message}");
            return 1;
        }
    }

    /// <summary>Reports a failure to start to the platform and the log.</summary>
    /// <param name="client">The Runtime API.</param>
    /// <param name="error">Why the process cannot start.</param>
    /// <param name="log">Where the failure is written.</param>
    /// <returns>The process's exit code, never 0.</returns>
    public static async Task<int> FailStartAsync(RuntimeApiClient client, Exception error, FunctionLog log)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(log);
        // The log first: it survives when the report does not get through.
        log.Write(LogLevel.Fatal, "Start failed", error);
        try
        {
            await client.PostInitErrorAsync(ErrorReport.From(error, "Runtime"), CancellationToken.None);
        }
        catch (RuntimeApiException e)
        {
            log.Error($"The failure could not be reported: {e.Message}");
        }

        return 1;
    }

    private async Task HandleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> answer = default;
        ErrorReport? failure = null;
        try
        {
            answer = await handler(invocation, cancellationToken);
            // The platform would refuse it with 413 and end the environment; told this way the caller learns why.
            if (answer.Length > MaximumResponseBytes)
            {
                throw new FunctionErrorException(
                    "Function.ResponseSizeTooLarge",
                    $"the answer has {answer.Length} bytes, the platform takes at most {MaximumResponseBytes}");
            }
        }
        catch (Exception e)
        {
            failure = ErrorReport.From(e);
            log.Error($"The event failed: {failure.ErrorType}: {e.Message}", e);
        }

        // Not under the token: work that is done is handed in, also when the process is asked to end meanwhile.
        if (failure is null)
            await client.PostResponseAsync(invocation.RequestId, answer, CancellationToken.None);
        else
            await client.PostErrorAsync(invocation.RequestId, failure, CancellationToken.None);
    }
}
