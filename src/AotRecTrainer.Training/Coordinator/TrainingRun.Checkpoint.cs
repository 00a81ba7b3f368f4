using AotRecTrainer.Model;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Coordinator;

/// <content>What another coordinator needs to go on.</content>
internal sealed partial class TrainingRun
{
    /// <summary>All that the rest of the training depends on; only while <see cref="IsBetweenRounds"/>.</summary>
    public TrainingCheckpoint Capture()
    {
        MeasuredModel? best = _earlyStop.Best;
        return new TrainingCheckpoint(
            new CheckpointDescription
            {
                Fingerprint = plan.Fingerprint,
                Epoch = Progress.Epoch,
                Part = Progress.Part,
                Round = Progress.Round,
                PartErrors = SavedErrors.Of(Progress.PartErrors),
                Errors = SavedErrors.Of(Progress.Errors),
                MeasuredEpoch = Progress.MeasuredEpoch,
                FirstError = _guard.First,
                Best = best is null ? null : new SavedBest(best.Epoch, SavedErrors.Of(best.Errors), ""),
                ParametersSha256 = "",
                Parameters = "",
                State = "",
                Samples = [.. recorder.Samples],
                Metrics = recorder.Metrics,
                EpochMilliseconds = [.. recorder.EpochMilliseconds],
            },
            algorithm.Parameters.Copy(),
            algorithm.State.ToDictionary(array => array.Key, array => (float[])array.Value.Clone(), StringComparer.Ordinal),
            best?.Parameters);
    }

    /// <summary>Takes up where a checkpoint was made, before anything has run; the checkpoint's arrays are taken over.</summary>
    /// <exception cref="ModelException">It is of another shape.</exception>
    public void Restore(TrainingCheckpoint checkpoint)
    {
        CheckpointDescription saved = checkpoint.Description;
        algorithm.Restore(checkpoint.Parameters, checkpoint.State);
        Progress.Restore(saved.Round, saved.Epoch, saved.Part, saved.PartErrors.ToSums());
        Progress.Measured(saved.Errors.ToSums(), saved.MeasuredEpoch);
        _guard.First = saved.FirstError;
        if (saved.Best is { } best && checkpoint.Best is { } parameters)
            _earlyStop.Best = new MeasuredModel(parameters, best.Errors.ToSums(), best.Epoch);
        recorder.Restore(saved);
    }
}
