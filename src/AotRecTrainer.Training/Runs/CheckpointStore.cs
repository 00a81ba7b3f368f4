using System.Text.Json;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Runs;

/// <summary>
/// Writes checkpoints beside the rounds and reads them back. One is official once the lease points at it, which is the last thing that
/// happens to it; of the official ones the last two are kept, so that damage to one costs epochs and not the run.
/// </summary>
internal sealed class CheckpointStore(IObjectStore store, TrainingPlan plan, RunLease lease, TimeBudget budget, TrainingHost host)
{
    private Task _writing = Task.CompletedTask;

    /// <summary>Rounds that the last official checkpoint has behind it; -1 when there is none.</summary>
    public int Round => lease.Record.Checkpoint?.Round ?? -1;

    private IEnumerable<CheckpointMark> Official =>
        ((CheckpointMark?[])[lease.Record.Checkpoint, lease.Record.CheckpointBefore]).OfType<CheckpointMark>();

    /// <summary>Has a checkpoint written beside the next rounds; waits for the one before it first.</summary>
    /// <exception cref="StorageException">The one before it could not be written.</exception>
    public async Task StartAsync(TrainingCheckpoint checkpoint)
    {
        await SettleAsync();
        _writing = host.Background(() => WriteAsync(checkpoint));
    }

    /// <summary>Writes a checkpoint now.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public async Task SaveAsync(TrainingCheckpoint checkpoint)
    {
        await StartAsync(checkpoint);
        await SettleAsync();
    }

    /// <summary>Waits until nothing is being written.</summary>
    /// <exception cref="StorageException">The last one could not be written; told once.</exception>
    public async Task SettleAsync()
    {
        Task writing = _writing;
        _writing = Task.CompletedTask;
        await writing;
    }

    /// <summary>Reads the last checkpoint, or the one before it when that is damaged; null when there is none to go on from.</summary>
    public async Task<TrainingCheckpoint?> LoadAsync(CancellationToken cancellationToken)
    {
        foreach (CheckpointMark mark in Official)
        {
            try
            {
                return await ReadAsync(mark.Key, cancellationToken);
            }
            catch (ModelException damage)
            {
                host.Log($"the checkpoint after round {mark.Round} is passed over: {damage.Message}");
            }
        }

        return null;
    }

    /// <summary>
    /// Removes what coordinators have left that did not finish a checkpoint. Those that came after this one have theirs in use: it may have
    /// been replaced and not know of it yet.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        string[] kept = [.. Official.Select(mark => CheckpointKeys.FolderOf(mark.Key))];
        List<string> left = [];
        await foreach (string key in store.ListAsync(CheckpointKeys.PrefixOf(plan.Run), cancellationToken))
        {
            if (CheckpointKeys.TokenOf(key) <= lease.Token && !kept.Any(folder => key.StartsWith(folder, StringComparison.Ordinal))) left.Add(key);
        }

        await Task.WhenAll(left.Select(key => store.DeleteAsync(key, cancellationToken).AsTask()));
    }

    private async Task WriteAsync(TrainingCheckpoint checkpoint)
    {
        long started = host.Time.GetTimestamp();
        CheckpointDescription told = checkpoint.Description;
        CheckpointKeys keys = new(plan.Run, told.Epoch, told.Round, lease.Token);
        CheckpointDescription description = told with
        {
            ParametersSha256 = checkpoint.Parameters.Sha256(),
            Parameters = keys.Parameters,
            State = keys.State,
            Best = told.Best is null ? null : told.Best with { Parameters = keys.Best },
        };
        List<Task> writes =
        [
            PutAsync(keys.Parameters, ParameterSerializer.Write(checkpoint.Parameters)),
            PutAsync(keys.State, StateSerializer.Write(checkpoint.State)),
        ];
        if (checkpoint.Best is { } best) writes.Add(PutAsync(keys.Best, ParameterSerializer.Write(best)));
        await Task.WhenAll(writes);
        await PutAsync(keys.Description, JsonSerializer.SerializeToUtf8Bytes(description, TrainingJson.Default.CheckpointDescription));
        CheckpointMark? oldest = null;
        await lease.UpdateAsync(
            record =>
            {
                oldest = record.CheckpointBefore;
                return record with { Checkpoint = new CheckpointMark(told.Epoch, told.Round, keys.Description), CheckpointBefore = record.Checkpoint };
            },
            CancellationToken.None);
        budget.AddCheckpoint(host.Time.GetElapsedTime(started));
        if (oldest is null) return;
        foreach (string key in CheckpointKeys.KeysBeside(oldest.Key)) await store.DeleteAsync(key, CancellationToken.None);
    }

    // Not under the run's token: a checkpoint is to be finished also when the run ends meanwhile.
    private Task PutAsync(string key, byte[] content) => store.PutAsync(key, content, CancellationToken.None).AsTask();

    private async Task<TrainingCheckpoint> ReadAsync(string key, CancellationToken cancellationToken)
    {
        CheckpointDescription description = Parse(await GetAsync(key, cancellationToken), key);
        if (description.Fingerprint != plan.Fingerprint)
            throw new ModelException($"{key}: settings {description.Fingerprint}, expected {plan.Fingerprint}");
        ModelParameters parameters = ParameterSerializer.Read(await GetAsync(description.Parameters, cancellationToken), description.Parameters);
        if (parameters.Sha256() != description.ParametersSha256)
            throw new ModelException($"{description.Parameters}: SHA-256 is {parameters.Sha256()}, expected {description.ParametersSha256}");
        IReadOnlyDictionary<string, float[]> state = StateSerializer.Read(await GetAsync(description.State, cancellationToken), description.State);
        ModelParameters? best = description.Best is { } saved
            ? ParameterSerializer.Read(await GetAsync(saved.Parameters, cancellationToken), saved.Parameters)
            : null;
        return new TrainingCheckpoint(description, parameters, state, best);
    }

    private async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) =>
        await store.GetAsync(key, cancellationToken) ?? throw new ModelException($"{key} is missing");

    private static CheckpointDescription Parse(byte[] content, string key)
    {
        try
        {
            return JsonSerializer.Deserialize(content, TrainingJson.Default.CheckpointDescription) ?? throw new ModelException($"{key} is null");
        }
        catch (JsonException problem)
        {
            throw new ModelException($"{key}: {problem.Message}", problem);
        }
    }
}
