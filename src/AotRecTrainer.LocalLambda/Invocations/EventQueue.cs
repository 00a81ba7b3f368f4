using AotRecTrainer.LocalLambda.Environments;

namespace AotRecTrainer.LocalLambda.Invocations;

/// <summary>Runs asynchronous events: waits for room, tries again on errors, delivers some twice when asked to.</summary>
internal sealed class EventQueue(ServerContext context)
{
    private long _accepted;

    /// <summary>Takes an event and returns at once.</summary>
    public void Enqueue(FunctionPool pool, InvocationRequest request)
    {
        Start(pool, request);
        int every = context.Options.DuplicateEveryNthEvent;
        if (every > 0 && Interlocked.Increment(ref _accepted) % every == 0)
            Start(pool, request);
    }

    private void Start(FunctionPool pool, InvocationRequest request)
    {
        context.Work.Begin();
        _ = RunAsync(pool, request);
    }

    private async Task RunAsync(FunctionPool pool, InvocationRequest request)
    {
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                InvocationOutcome outcome;
                await context.Slots.WaitAsync(context.Stopping);
                try
                {
                    (_, outcome) = await pool.RunAsync(request);
                }
                finally
                {
                    context.Slots.Release();
                }

                if (outcome.Status == InvocationStatus.Success)
                    return;

                if (attempt == context.Options.AsyncRetries)
                {
                    context.Log.WriteLine(
                        $"EVENT RequestId: {request.RequestId} given up after {attempt + 1} attempts: {outcome.ErrorType}");
                    return;
                }

                await Task.Delay(context.Options.AsyncRetryDelay * (attempt + 1), context.Stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; its events go with it.
        }
        finally
        {
            context.Work.End();
        }
    }
}
