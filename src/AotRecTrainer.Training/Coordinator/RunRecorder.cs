using System.Text.Json;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Writes down what a run does as it goes: metrics, status, checkpoints, samples.</summary>
internal sealed class RunRecorder(TrainingPlan plan, IObjectStore store, RunKeys keys, TrainingHost host, long started)
{
    private readonly RunJournal _journal = new(store, keys, host);
    private readonly List<double> _epochMilliseconds = [];
    private readonly List<string> _samples = [];

    /// <summary>Time of every epoch.</summary>
    public IReadOnlyList<double> EpochMilliseconds => _epochMilliseconds;

    /// <summary>Keys of the samples saved, relative to the model's folder.</summary>
    public IReadOnlyList<string> Samples => _samples;

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed => host.Time.GetElapsedTime(started);

    public void AddMetrics(TrainingProgress progress, TimeSpan taken)
    {
        _journal.Add(new EpochMetrics(
            progress.MeasuredEpoch, progress.Errors.TrainRmse, Finite(progress.Errors.TestRmse), Finite(progress.Errors.TestMae),
            taken.TotalMilliseconds, Elapsed.TotalMilliseconds, progress.WorkerMilliseconds));
        progress.WorkerMilliseconds = 0;
    }

    /// <summary>Has it written where a running run stands.</summary>
    public void PostStatus(TrainingProgress progress) => _journal.Post(Describe(progress, "running", null));

    /// <summary>Writes how the run ended.</summary>
    public Task CloseAsync(TrainingProgress progress, string state, string? message, CancellationToken cancellationToken) =>
        _journal.CloseAsync(Describe(progress, state, message), cancellationToken);

    public async Task FinishEpochAsync(TrainingProgress progress, ITrainingAlgorithm algorithm, TimeSpan taken, CancellationToken cancellationToken)
    {
        AddMetrics(progress, taken);
        PostStatus(progress);
        if (plan.CheckpointEvery > 0 && progress.Epoch % plan.CheckpointEvery == 0)
            await SaveCheckpointAsync(progress.Epoch, algorithm, cancellationToken);
        _epochMilliseconds.Add(taken.TotalMilliseconds);
    }

    /// <summary>Saves one sample of a model that is many.</summary>
    public async Task SaveSampleAsync(int round, ModelParameters sample, CancellationToken cancellationToken)
    {
        string name = $"samples/{round:D5}.arrow";
        await store.PutAsync($"{keys.Model}/{name}", ParameterSerializer.Write(sample), cancellationToken);
        _samples.Add(name);
    }

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private RunStatus Describe(TrainingProgress progress, string state, string? message) => new()
    {
        Run = plan.Run,
        State = state,
        Epoch = progress.Epoch,
        Epochs = plan.Settings.Epochs,
        TrainRmse = Finite(progress.Errors.TrainRmse),
        TestRmse = Finite(progress.Errors.TestRmse),
        TestMae = Finite(progress.Errors.TestMae),
        MeasuredEpoch = progress.MeasuredEpoch,
        ElapsedSeconds = Elapsed.TotalSeconds,
        Message = message,
    };

    private async Task SaveCheckpointAsync(int epoch, ITrainingAlgorithm algorithm, CancellationToken cancellationToken)
    {
        string folder = keys.Checkpoint(epoch);
        CheckpointDescription description = new(
            epoch, plan.Fingerprint, algorithm.Parameters.Sha256(), $"{folder}/parameters.arrow", $"{folder}/state.arrow");
        await store.PutAsync(description.Parameters, ParameterSerializer.Write(algorithm.Parameters), cancellationToken);
        await store.PutAsync(description.State, StateSerializer.Write(algorithm.State), cancellationToken);
        await store.PutAsync(
            $"{folder}/checkpoint.json",
            JsonSerializer.SerializeToUtf8Bytes(description, TrainingJson.Default.CheckpointDescription), cancellationToken);
    }
}
