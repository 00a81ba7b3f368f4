using System.Text;
using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// Writes <c>metrics.jsonl</c> and <c>status.json</c> beside the rounds: one write in flight, so that a slow store does not hold
/// the training up more than one round.
/// </summary>
internal sealed class RunJournal(IObjectStore store, RunKeys keys)
{
    private readonly StringBuilder _metrics = new();
    private Task _pending = Task.CompletedTask;

    public void Add(EpochMetrics metrics) => _metrics.Append(JsonSerializer.Serialize(metrics, TrainingJson.Default.EpochMetrics)).Append('\n');

    /// <summary>Starts writing both once the write before has ended.</summary>
    /// <exception cref="StorageException">The write before failed.</exception>
    public async Task PostAsync(RunStatus status, CancellationToken cancellationToken)
    {
        await _pending;
        _pending = WriteAsync(status, cancellationToken);
    }

    /// <summary>Writes both for the last time, whatever became of the write before: this one makes up for it.</summary>
    public async Task CloseAsync(RunStatus status, CancellationToken cancellationToken)
    {
        await _pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _pending = Task.CompletedTask;
        await WriteAsync(status, cancellationToken);
    }

    private async Task WriteAsync(RunStatus status, CancellationToken cancellationToken)
    {
        byte[] lines = Encoding.UTF8.GetBytes(_metrics.ToString());
        byte[] state = JsonSerializer.SerializeToUtf8Bytes(status, TrainingJson.Default.RunStatus);
        if (lines.Length > 0) await store.PutAsync(keys.Metrics, lines, cancellationToken);
        await store.PutAsync(keys.Status, state, cancellationToken);
    }
}
