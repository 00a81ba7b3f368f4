using AotRecTrainer.Storage;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// Works beside the rounds of a run: gives the lease's signs of life, looks for a request to stop, and notices when another coordinator
/// has the run.
/// </summary>
internal sealed class RunWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly IObjectStore _store;
    private readonly string _cancelKey;
    private readonly RunLease _lease;
    private readonly TrainingHost _host;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _work;
    private volatile bool _isCancelWanted;

    /// <summary>Begins to watch.</summary>
    /// <param name="store">The output location.</param>
    /// <param name="keys">Keys of the run.</param>
    /// <param name="lease">The coordinator's hold on it.</param>
    /// <param name="host">The process.</param>
    public RunWatch(IObjectStore store, RunKeys keys, RunLease lease, TrainingHost host)
    {
        _store = store;
        _cancelKey = keys.Cancel;
        _lease = lease;
        _host = host;
        Lost = _lost.Token;
        _work = host.Background(WatchAsync);
    }

    /// <summary>Whether somebody wants the run to stop.</summary>
    public bool IsCancelWanted => _isCancelWanted;

    /// <summary>Cancelled when another coordinator has the run.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Ends the watch; a write that is under way ends first.</summary>
    public async ValueTask DisposeAsync()
    {
        // Here and now: CancelAsync would give it to another thread.
        _closing.Cancel();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _closing.Dispose();
        _lost.Dispose();
    }

    private async Task WatchAsync()
    {
        // A new coordinator's lease is fresh; a request to stop may have come while there was none.
        long beaten = _host.Time.GetTimestamp();
        bool isFirst = _lease.Record.Segment == 1;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                if (!isFirst && !_isCancelWanted) _isCancelWanted = await _store.GetLengthAsync(_cancelKey, _closing.Token) is not null;
                isFirst = false;
                if (_host.Time.GetElapsedTime(beaten) >= RunLease.BeatEvery)
                {
                    await _lease.BeatAsync(CancellationToken.None);
                    beaten = _host.Time.GetTimestamp();
                }
            }
            catch (StorageException problem)
            {
                // Should it last, a write that matters will fail as well, or another coordinator take over.
                _host.Log($"beside the rounds: {problem.Message}");
            }
            catch (TrainingFailedException)
            {
                _lost.Cancel();
                return;
            }

            await Task.Delay(Pause, _host.Time, _closing.Token);
        }
    }
}
