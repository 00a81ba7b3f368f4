using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Writes down what a run does as it goes: metrics, status, samples.</summary>
/// <param name="plan">What runs.</param>
/// <param name="store">The output location; stays the caller's.</param>
/// <param name="keys">Keys of the run.</param>
/// <param name="journal">Takes metrics and status.</param>
/// <param name="meter">What the run has cost.</param>
/// <param name="coordinators">Coordinators that the run has had, this one among them.</param>
internal sealed class RunRecorder(
    TrainingPlan plan, IObjectStore store, RunKeys keys, RunJournal journal, RunMeter meter, int coordinators)
{
    private readonly List<double> _epochMilliseconds = [];
    private readonly List<string> _samples = [];

    /// <summary>Time of every epoch.</summary>
    public IReadOnlyList<double> EpochMilliseconds => _epochMilliseconds;

    /// <summary>Keys of the samples saved, relative to the model's folder.</summary>
    public IReadOnlyList<string> Samples => _samples;

    /// <summary>All metrics so far.</summary>
    public EpochMetrics[] Metrics => journal.Metrics;

    /// <summary>Takes up the records of a checkpoint.</summary>
    public void Restore(CheckpointDescription checkpoint)
    {
        foreach (EpochMetrics line in checkpoint.Metrics) journal.Add(line);
        _epochMilliseconds.AddRange(checkpoint.EpochMilliseconds);
        _samples.AddRange(checkpoint.Samples);
    }

    public void AddMetrics(TrainingProgress progress, TimeSpan taken)
    {
        (EpochParts parts, WorkerTime[] workers) = progress.Times.Take();
        journal.Add(new EpochMetrics(
            progress.MeasuredEpoch, progress.Errors.TrainRmse, Finite(progress.Errors.TestRmse), Finite(progress.Errors.TestMae),
            taken.TotalMilliseconds, meter.Elapsed.TotalMilliseconds, progress.WorkerMilliseconds, parts, workers));
        progress.WorkerMilliseconds = 0;
    }

    /// <summary>Has it written where a running run stands.</summary>
    public void PostStatus(TrainingProgress progress) => journal.Post(Describe(progress, RunState.Running, null));

    /// <summary>Writes how the run ended, or that this coordinator has.</summary>
    public Task CloseAsync(TrainingProgress progress, string state, string? message, CancellationToken cancellationToken) =>
        journal.CloseAsync(Describe(progress, state, message), cancellationToken);

    /// <summary>Notes an epoch that is over.</summary>
    public void FinishEpoch(TrainingProgress progress, TimeSpan taken)
    {
        AddMetrics(progress, taken);
        _epochMilliseconds.Add(taken.TotalMilliseconds);

        // Last: it may tell of a write that failed, and the checkpoint that is then made must know the whole epoch.
        PostStatus(progress);
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
        ElapsedSeconds = meter.Elapsed.TotalSeconds,
        CostUsd = new Invoice(meter.Read(), coordinators).CostUsd,
        Message = message,
    };
}
