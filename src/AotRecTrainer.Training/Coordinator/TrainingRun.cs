using AotRecTrainer.Dataset;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// The rounds of one training. A round measures the parameters that it begins with and then steps them; one more round at the end
/// measures the last ones.
/// </summary>
internal sealed class TrainingRun(
    TrainingPlan plan, DatasetManifest manifest, ITrainingAlgorithm algorithm, IRoundExchange exchange, StatisticsReducer reducer,
    RunRecorder recorder, TimeProvider time)
{
    private readonly EarlyStop _earlyStop = new(plan.Settings.Patience);
    private readonly DivergenceGuard _guard = new();
    private int _round;

    /// <summary>Where the run stands, for <c>status.json</c>.</summary>
    public TrainingProgress Progress { get; } = new();

    /// <summary>Trains to the last epoch, or until patience is out.</summary>
    /// <returns>The model to keep.</returns>
    /// <exception cref="TrainingFailedException">Workers kept failing, or the model diverged.</exception>
    public async Task<MeasuredModel> TrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TrainEpochsAsync(cancellationToken);
        }
        catch (ModelException problem)
        {
            throw new TrainingFailedException(problem.IsDivergence ? $"{problem.Message}; {Advice()}" : problem.Message, problem);
        }
    }

    private async Task<MeasuredModel> TrainEpochsAsync(CancellationToken cancellationToken)
    {
        recorder.PostStatus(Progress);
        while (Progress.Epoch < plan.Settings.Epochs)
        {
            long started = time.GetTimestamp();
            if (await RunEpochAsync(cancellationToken))
            {
                recorder.AddMetrics(Progress, time.GetElapsedTime(started));
                return await KeepBestAsync(cancellationToken);
            }

            if (!algorithm.Parameters.IsFinite()) throw ModelException.Diverged($"a parameter is not finite after epoch {Progress.Epoch}");
            await recorder.FinishEpochAsync(Progress, algorithm, time.GetElapsedTime(started), cancellationToken);
            await exchange.CleanUpAsync(_round, cancellationToken);
        }

        long last = time.GetTimestamp();
        await MeasureWholeAsync(Progress.Epoch, cancellationToken);
        recorder.AddMetrics(Progress, time.GetElapsedTime(last));
        return await KeepBestAsync(cancellationToken);
    }

    /// <summary>The last model, or a better one that patience has kept.</summary>
    private async Task<MeasuredModel> KeepBestAsync(CancellationToken cancellationToken)
    {
        MeasuredModel last = new(algorithm.Result, Progress.Errors, Progress.Epoch);
        MeasuredModel kept = _earlyStop.BetterOf(last);
        if (kept != last && algorithm.RoundsPerEpoch > 1)
        {
            // Its errors were taken while it moved from mini-batch to mini-batch.
            algorithm.Restore(kept.Parameters, algorithm.State);
            await MeasureWholeAsync(kept.Epoch, cancellationToken);
            kept = kept with { Errors = Progress.Errors };
        }

        Progress.Measured(kept.Errors, kept.Epoch);
        await exchange.CleanUpAsync(_round, cancellationToken);
        return kept;
    }

    /// <summary>A round over all ratings that only measures.</summary>
    private async Task MeasureWholeAsync(int epoch, CancellationToken cancellationToken)
    {
        ErrorSums errors = await MeasureAsync(part: -1, cancellationToken);
        CheckCount(errors);
        Progress.Measured(errors, epoch);
    }

    /// <summary>One epoch; true when patience ended the training before its last step.</summary>
    private async Task<bool> RunEpochAsync(CancellationToken cancellationToken)
    {
        ErrorSums errors = default;
        for (int part = 0; part < algorithm.RoundsPerEpoch; part++)
        {
            errors += await MeasureAsync(part, cancellationToken);
            bool isLast = part == algorithm.RoundsPerEpoch - 1;
            if (isLast)
            {
                CheckCount(errors);
                Progress.Measured(errors, Progress.Epoch);
                _guard.Check(errors);
                if (_earlyStop.ShouldStop(() => algorithm.Result, errors, Progress.Epoch)) return true;
            }

            algorithm.Step(reducer.Sum);
            if (!isLast) await exchange.CleanUpAsync(_round, cancellationToken);
        }

        Progress.Epoch++;
        return false;
    }

    /// <summary>One round: statistics of the current parameters over the ratings of a part.</summary>
    private async Task<ErrorSums> MeasureAsync(int part, CancellationToken cancellationToken)
    {
        RoundTask task = algorithm.Begin(++_round, part);
        reducer.Begin(_round);
        await exchange.RunAsync(_round, task, reducer, cancellationToken);
        Progress.WorkerMilliseconds += reducer.SlowestWorker;
        ErrorSums errors = algorithm.Complete(reducer.Sum);
        if (algorithm is ISampledAlgorithm { Sample: { } sample }) await recorder.SaveSampleAsync(_round, sample, cancellationToken);
        return errors;
    }

    private void CheckCount(ErrorSums errors)
    {
        if (errors.TrainRatings != manifest.TrainRatings)
            throw new TrainingFailedException($"round {_round} counted {errors.TrainRatings} ratings, the data set has {manifest.TrainRatings}");
    }

    private string Advice() => plan.Settings.Algorithm == AlgorithmName.BatchGradient
        ? $"a smaller learningRate (now {plan.Settings.LearningRate}) or more regularization (now {plan.Settings.Regularization?.ToString() ?? "automatic"}) helps"
        : $"more regularization (now {plan.Settings.Regularization?.ToString() ?? "automatic"}) helps";
}
