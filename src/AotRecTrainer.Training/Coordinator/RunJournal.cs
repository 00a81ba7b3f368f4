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
    public async Task PostAsync(RunStatus status, CancellationToken cancellationToken)
    {
        await _pending;
        byte[] lines = Encoding.UTF8.GetBytes(_metrics.ToString());
        byte[] state = JsonSerializer.SerializeToUtf8Bytes(status, TrainingJson.Default.RunStatus);
        _pending = WriteAsync(lines, state, cancellationToken);
    }

    /// <summary>Waits for the last write.</summary>
    public Task FlushAsync() => _pending;

    private async Task WriteAsync(byte[] lines, byte[] state, CancellationToken cancellationToken)
    {
        if (lines.Length > 0) await store.PutAsync(keys.Metrics, lines, cancellationToken);
        await store.PutAsync(keys.Status, state, cancellationToken);
    }
}
