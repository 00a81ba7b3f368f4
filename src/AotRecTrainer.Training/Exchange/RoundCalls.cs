namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// What goes on beside a round's own loop: attempts, looks and reads. Trouble in any of them reaches the loop by its reports; disposal
/// ends them all and waits until they are over.
/// </summary>
internal sealed class RoundCalls(RoundReports reports, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly HashSet<Task> _calls = [];

    /// <summary>Starts something.</summary>
    public void Start(Func<CancellationToken, Task> call)
    {
        _calls.RemoveWhere(static task => task.IsCompleted);
        _calls.Add(GuardAsync(call));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cancel();
        await Task.WhenAll(_calls);
        _over.Dispose();
    }

    // Not awaited: it would go by way of another thread.
    private void Cancel() => _over.Cancel();

    private async Task GuardAsync(Func<CancellationToken, Task> call)
    {
        try
        {
            await call(_over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
        }
        catch (Exception problem)
        {
            reports.Break(problem);
        }
    }
}
