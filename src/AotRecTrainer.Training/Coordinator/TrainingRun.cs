using AotRecTrainer.Dataset;
using AotRecTrainer.Model;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Runs;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// The rounds of one training. A round measures the parameters that it begins with and then steps them; one more round at the end
/// measures the last ones. Between two rounds all that the rest depends on can be captured, and taken up again by another coordinator.
/// </summary>
internal sealed partial class TrainingRun(
    TrainingPlan plan, DatasetManifest manifest, ITrainingAlgorithm algorithm, IRoundExchange exchange, StatisticsReducer reducer,
    RunRecorder recorder, CheckpointStore checkpoints, TimeBudget budget, TimeProvider time)
{
    private readonly EarlyStop _earlyStop = new(plan.Settings.Patience);
    private readonly DivergenceGuard _guard = new();
    private bool _isGivenUp;

    /// <summary>Where the run stands, for <c>status.json</c>.</summary>
    public TrainingProgress Progress { get; } = new();

    /// <summary>False while a round's outcome is being taken in, and once the model to keep is being measured.</summary>
    public bool IsBetweenRounds { get; private set; } = true;

    /// <summary>Trains to the last epoch, until patience is out, or until there is a reason to stop.</summary>
    /// <param name="stop">Asked before every round.</param>
    /// <param name="cancellationToken">Ends the training at once.</param>
    /// <returns>The model to keep; null when training was stopped or a round given up because the time is over.</returns>
    /// <exception cref="TrainingFailedException">Workers kept failing, or the model diverged.</exception>
    public async Task<MeasuredModel?> TrainAsync(Func<StopReason> stop, CancellationToken cancellationToken)
    {
        try
        {
            return await TrainEpochsAsync(stop, cancellationToken);
        }
        catch (OperationCanceledException) when (_isGivenUp && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (ModelException problem)
        {
            throw new TrainingFailedException(problem.IsDivergence ? $"{problem.Message}; {Advice()}" : problem.Message, problem);
        }
    }

    private async Task<MeasuredModel?> TrainEpochsAsync(Func<StopReason> stop, CancellationToken cancellationToken)
    {
        recorder.PostStatus(Progress);
        while (Progress.Epoch < plan.Settings.Epochs)
        {
            long started = time.GetTimestamp();
            switch (await RunEpochAsync(stop, cancellationToken))
            {
                case EpochEnd.Stopped:
                    return null;
                case EpochEnd.PatienceOut:
                    recorder.AddMetrics(Progress, time.GetElapsedTime(started));
                    return await KeepBestAsync(cancellationToken);
            }

            recorder.FinishEpoch(Progress, time.GetElapsedTime(started));
            if (plan.CheckpointEvery > 0 && Progress.Epoch % plan.CheckpointEvery == 0) await checkpoints.StartAsync(Capture());
            await exchange.CleanUpAsync(Progress.Round, cancellationToken);
        }

        if (stop() != StopReason.None) return null;
        long last = time.GetTimestamp();
        await MeasureWholeAsync(Progress.Epoch, cancellationToken);
        recorder.AddMetrics(Progress, time.GetElapsedTime(last));
        return await KeepBestAsync(cancellationToken);
    }

    /// <summary>The last model, or a better one that patience has kept.</summary>
    private async Task<MeasuredModel> KeepBestAsync(CancellationToken cancellationToken)
    {
        IsBetweenRounds = false;
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
        await exchange.CleanUpAsync(Progress.Round, cancellationToken);
        return kept;
    }

    /// <summary>A round over all ratings that only measures.</summary>
    private async Task MeasureWholeAsync(int epoch, CancellationToken cancellationToken)
    {
        ErrorSums errors = await MeasureAsync(part: -1, cancellationToken);
        CheckCount(errors);
        Progress.Measured(errors, epoch);
    }

    /// <summary>One epoch, or what a checkpoint in the middle of it has left to do.</summary>
    private async Task<EpochEnd> RunEpochAsync(Func<StopReason> stop, CancellationToken cancellationToken)
    {
        while (stop() == StopReason.None)
        {
            long started = time.GetTimestamp();
            bool isLast = Progress.Part == algorithm.RoundsPerEpoch - 1;
            ErrorSums errors = Progress.PartErrors + await MeasureAsync(Progress.Part, cancellationToken);
            if (isLast)
            {
                CheckCount(errors);
                Progress.Measured(errors, Progress.Epoch);
                _guard.Check(errors);
                if (_earlyStop.ShouldStop(() => algorithm.Result, errors, Progress.Epoch)) return EpochEnd.PatienceOut;
            }

            long summed = time.GetTimestamp();
            algorithm.Step(reducer.Sum);
            if (isLast) Progress.FinishEpoch();
            else Progress.FinishPart(errors);
            if (!algorithm.Parameters.IsFinite()) throw ModelException.Diverged($"a parameter is not finite after epoch {Progress.Epoch}");
            Progress.Times.AddStep(time.GetElapsedTime(summed));
            IsBetweenRounds = true;
            budget.AddRound(time.GetElapsedTime(started));
            if (isLast) return EpochEnd.Done;
            await exchange.CleanUpAsync(Progress.Round, cancellationToken);
        }

        return EpochEnd.Stopped;
    }

    /// <summary>One round: statistics of the current parameters over the ratings of a part.</summary>
    private async Task<ErrorSums> MeasureAsync(int part, CancellationToken cancellationToken)
    {
        int round = Progress.Round + 1;
        RoundTask task = algorithm.Begin(round, part);
        reducer.Begin(round);
        Progress.Times.Add(await RunRoundAsync(round, task, cancellationToken));
        Progress.WorkerMilliseconds += reducer.SlowestWorker;
        IsBetweenRounds = false;
        Progress.Round = round;
        long summed = time.GetTimestamp();
        ErrorSums errors = algorithm.Complete(reducer.Sum);
        Progress.Times.AddStep(time.GetElapsedTime(summed));
        if (algorithm is ISampledAlgorithm { Sample: { } sample }) await recorder.SaveSampleAsync(round, sample, cancellationToken);
        return errors;
    }

    private async Task<RoundTimes> RunRoundAsync(int round, RoundTask task, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = budget.StartRound();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await exchange.RunAsync(round, task, reducer, either.Token);
        }
        finally
        {
            _isGivenUp = late.IsCancellationRequested;
        }
    }

    private void CheckCount(ErrorSums errors)
    {
        if (errors.TrainRatings != manifest.TrainRatings)
        {
            throw new TrainingFailedException(
                $"round {Progress.Round} counted {errors.TrainRatings} ratings, the data set has {manifest.TrainRatings}");
        }
    }

    private string Advice() => plan.Settings.Algorithm == AlgorithmName.BatchGradient
        ? $"a smaller learningRate (now {plan.Settings.LearningRate}) or more regularization (now {plan.Settings.Regularization?.ToString() ?? "automatic"}) helps"
        : $"more regularization (now {plan.Settings.Regularization?.ToString() ?? "automatic"}) helps";

    private enum EpochEnd
    {
        Done,
        PatienceOut,
        Stopped,
    }
}
