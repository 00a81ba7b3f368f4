using System.Diagnostics;
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
    TrainingPlan plan, DatasetManifest manifest, ITrainingAlgorithm algorithm, IRoundExchange exchange, StatisticsCollector collector,
    RunRecorder recorder)
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
        recorder.PostStatus(Progress, "running", null);
        bool stop = false;
        while (!stop && Progress.Epoch < plan.Settings.Epochs)
        {
            long started = Stopwatch.GetTimestamp();
            stop = await RunEpochAsync(cancellationToken);
            if (!algorithm.Parameters.IsFinite()) throw ModelException.Diverged($"a parameter is not finite after epoch {Progress.Epoch}");
            await recorder.FinishEpochAsync(Progress, algorithm, Stopwatch.GetElapsedTime(started), cancellationToken);
            await exchange.CleanUpAsync(_round, cancellationToken);
        }

        long last = Stopwatch.GetTimestamp();
        ErrorSums errors = await MeasureAsync(part: -1, cancellationToken);
        CheckCount(errors);
        Progress.Measured(errors, Progress.Epoch);
        recorder.AddMetrics(Progress, Stopwatch.GetElapsedTime(last));
        MeasuredModel kept = _earlyStop.BetterOf(new MeasuredModel(algorithm.Result, errors, Progress.Epoch));
        Progress.Measured(kept.Errors, kept.Epoch);
        await exchange.CleanUpAsync(_round, cancellationToken);
        return kept;
    }

    /// <summary>One epoch; true when it was not ended because patience is out.</summary>
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

            algorithm.Step(collector.Sum);
            if (!isLast) await exchange.CleanUpAsync(_round, cancellationToken);
        }

        Progress.Epoch++;
        return false;
    }

    /// <summary>One round: statistics of the current parameters over the ratings of a part.</summary>
    private async Task<ErrorSums> MeasureAsync(int part, CancellationToken cancellationToken)
    {
        RoundTask task = algorithm.Begin(++_round, part);
        collector.Begin(_round);
        await exchange.RunAsync(_round, task, collector, cancellationToken);
        ErrorSums errors = algorithm.Complete(collector.Sum);
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
