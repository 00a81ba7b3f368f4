using System.Text;
using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// Writes <c>metrics.jsonl</c> and <c>status.json</c> beside the rounds. Training never waits for it: what is posted while a write is
/// under way, or soon after one, goes out together with the next, so that short epochs cost neither time nor requests.
/// </summary>
internal sealed class RunJournal(OfficialObject metricsFile, OfficialObject statusFile, TrainingHost host)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly List<EpochMetrics> _metrics = [];
    private readonly StringBuilder _lines = new();
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunStatus? _waiting;
    private bool _isWriting;
    private Task _writer = Task.CompletedTask;

    /// <summary>All metrics so far.</summary>
    public EpochMetrics[] Metrics
    {
        get
        {
            lock (_gate) return [.. _metrics];
        }
    }

    public void Add(EpochMetrics metrics)
    {
        lock (_gate)
        {
            _metrics.Add(metrics);
            _lines.Append(JsonSerializer.Serialize(metrics, TrainingJson.Default.EpochMetrics)).Append('\n');
        }
    }

    /// <summary>Has the status written, with all metrics so far; a later one takes its place if it is still waiting.</summary>
    /// <exception cref="StorageException">A write before this one failed.</exception>
    /// <exception cref="TrainingFailedException">A write before this one found that another coordinator has the run.</exception>
    public void Post(RunStatus status)
    {
        lock (_gate)
        {
            _waiting = status;
            if (_isWriting) return;
            _writer.GetAwaiter().GetResult();
            _isWriting = true;
            _writer = host.Background(WriteWaitingAsync);
        }
    }

    /// <summary>Writes both for the last time, whatever became of the writes before: this one makes up for them.</summary>
    /// <exception cref="StorageException">The write failed.</exception>
    /// <exception cref="TrainingFailedException">Another coordinator has the run.</exception>
    public async Task CloseAsync(RunStatus status, CancellationToken cancellationToken)
    {
        Task writer;
        lock (_gate)
        {
            _waiting = null;
            writer = _writer;
        }

        _closing.TrySetResult();
        await writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await WriteAsync(status, _lines.ToString(), cancellationToken);
    }

    private async Task WriteWaitingAsync()
    {
        try
        {
            while (Take() is var (status, metrics))
            {
                await WriteAsync(status, metrics, CancellationToken.None);
                await Task.WhenAny(Task.Delay(Pause, host.Time), _closing.Task);
            }
        }
        catch (Exception problem) when (problem is StorageException or TrainingFailedException)
        {
            lock (_gate) _isWriting = false;
            throw;
        }
    }

    private async Task WriteAsync(RunStatus status, string metrics, CancellationToken cancellationToken)
    {
        if (metrics.Length > 0) await metricsFile.WriteAsync(Encoding.UTF8.GetBytes(metrics), cancellationToken);
        await statusFile.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(status, TrainingJson.Default.RunStatus), cancellationToken);
    }

    /// <summary>What is to be written next; null ends the writer.</summary>
    private (RunStatus Status, string Metrics)? Take()
    {
        lock (_gate)
        {
            _isWriting = _waiting is not null;
            if (_waiting is not { } status) return null;
            _waiting = null;
            return (status, _lines.ToString());
        }
    }
}
