using System.Diagnostics;
using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Optimizers;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// One training from the first epoch to the saved model. Round n measures the parameters that n − 1 epochs made and then steps
/// them; one more round at the end measures the last ones.
/// </summary>
internal sealed class TrainingRun
{
    private readonly TrainingPlan _plan;
    private readonly IObjectStore _store;
    private readonly ShardCache _data;
    private readonly EntityTable _users;
    private readonly EntityTable _items;
    private readonly IRoundExchange _exchange;
    private readonly WorkLedger _ledger;
    private readonly RunJournal _journal;
    private readonly long _started;
    private readonly RunKeys _keys;
    private readonly StatisticsCollector _collector;
    private readonly MomentumOptimizer _optimizer;
    private readonly List<double> _roundMilliseconds = [];
    private readonly BestParameters _best;
    private ModelParameters _parameters;
    private ErrorSums _errors;
    private int _epoch;
    private int _round;
    private int _measuredEpoch;

    public TrainingRun(
        TrainingPlan plan, IObjectStore store, ShardCache data, EntityTable users, EntityTable items,
        IRoundExchange exchange, WorkLedger ledger, RunJournal journal, long started)
    {
        _plan = plan;
        _store = store;
        _data = data;
        _users = users;
        _items = items;
        _exchange = exchange;
        _ledger = ledger;
        _journal = journal;
        _started = started;
        _keys = new RunKeys(plan.Run);
        DatasetManifest manifest = data.Reader.Manifest;
        ModelShape shape = new(manifest.Users, manifest.Items, plan.Settings.Factors);
        _parameters = ModelParameters.Initialize(shape, (float)manifest.GlobalMean, plan.Settings.Seed, TrainingDefaults.InitialDeviation);
        _optimizer = new MomentumOptimizer(plan.Momentum, users.Ratings, items.Ratings, shape.Factors);
        _collector = new StatisticsCollector(plan.Run, plan.Fingerprint, shape, manifest.Shards.Length, ledger);
        _best = new BestParameters(plan.Settings.Patience);
    }

    public async Task TrainAsync(CancellationToken cancellationToken)
    {
        await _journal.PostAsync(StatusOf("running", null), cancellationToken);
        while (_epoch < _plan.Settings.Epochs)
        {
            long started = Stopwatch.GetTimestamp();
            await MeasureAsync(cancellationToken);
            if (_best.ShouldStop(_parameters, _errors.TestRmse, _epoch)) break;
            _optimizer.Step(_parameters, _collector.Sum);
            _epoch++;
            await FinishRoundAsync(started, cancellationToken);
        }

        long last = Stopwatch.GetTimestamp();
        await MeasureAsync(cancellationToken);
        AddMetrics(last);
        if (_best.BetterThan(_errors.TestRmse) is { } best)
        {
            _parameters = best.Parameters;
            _measuredEpoch = best.Epoch;
            await _exchange.CleanUpAsync(_round, cancellationToken);
            await MeasureAsync(cancellationToken);
        }

        await _exchange.CleanUpAsync(_round, cancellationToken);
    }

    public async Task<CoordinatorResult> SaveAsync(string kernel, int memoryMegabytes, CancellationToken cancellationToken)
    {
        if (!_parameters.IsFinite()) throw Diverged();
        DatasetManifest manifest = _data.Reader.Manifest;
        string digest = _parameters.Sha256();
        double? testRmse = Finite(_errors.TestRmse);
        ModelDescription description = new()
        {
            Run = _plan.Run,
            Dataset = _plan.Settings.Dataset,
            Users = manifest.Users,
            Items = manifest.Items,
            Factors = _plan.Settings.Factors,
            GlobalMean = _parameters.GlobalMean,
            RatingLow = manifest.RatingLow,
            RatingHigh = manifest.RatingHigh,
            Epochs = _epoch,
            TrainRmse = _errors.TrainRmse,
            TestRmse = testRmse,
            ParametersSha256 = digest,
        };
        await ModelExport.SaveAsync(_store, _keys.Model, description, _parameters, _users, _items, cancellationToken);
        await _journal.PostAsync(StatusOf("complete", null), cancellationToken);
        await _journal.FlushAsync();
        double wall = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        RequestTotals requests = CountRequests();
        double gbSeconds = (wall + (_ledger.Milliseconds / 1000)) * memoryMegabytes / 1024;
        return new CoordinatorResult
        {
            Run = _plan.Run,
            Model = $"{_store.Location.AbsoluteUri.TrimEnd('/')}/{_keys.Model}",
            ParametersSha256 = digest,
            TrainRmse = _errors.TrainRmse,
            TestRmse = testRmse,
            TestMae = Finite(_errors.TestMae),
            Rounds = _epoch,
            Ratings = _errors.TrainRatings,
            Workers = Math.Min(_plan.Workers, manifest.Shards.Length),
            Kernel = kernel,
            WallSeconds = wall,
            RoundMilliseconds = [.. _roundMilliseconds],
            ColdStarts = _ledger.ColdStarts,
            Retries = _ledger.Retries,
            BilledGbSeconds = gbSeconds,
            Requests = requests,
            CostUsd = (gbSeconds * PriceTable.GbSecond) + ((requests.Invoke + 1) * PriceTable.Invocation)
                + ((requests.Put + requests.List) * PriceTable.PutOrList) + (requests.Get * PriceTable.Get),
        };
    }

    public RunStatus StatusOf(string state, string? message) => new()
    {
        Run = _plan.Run,
        State = state,
        Epoch = _epoch,
        Epochs = _plan.Settings.Epochs,
        TrainRmse = Finite(_errors.TrainRmse),
        TestRmse = Finite(_errors.TestRmse),
        TestMae = Finite(_errors.TestMae),
        MeasuredEpoch = _measuredEpoch,
        ElapsedSeconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,
        Message = message,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>One round: statistics of the current parameters over all shards.</summary>
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        int round = ++_round;
        _collector.Begin(round);
        await _exchange.RunAsync(round, _parameters, _collector, cancellationToken);
        _errors = _collector.Sum.Errors;
        _measuredEpoch = _epoch;
        long expected = _data.Reader.Manifest.TrainRatings;
        if (_errors.TrainRatings != expected)
            throw new TrainingFailedException($"round {round} counted {_errors.TrainRatings} ratings, the data set has {expected}");
    }

    private async Task FinishRoundAsync(long started, CancellationToken cancellationToken)
    {
        if (!_parameters.IsFinite()) throw Diverged();
        AddMetrics(started);
        await _journal.PostAsync(StatusOf("running", null), cancellationToken);
        if (_plan.CheckpointEvery > 0 && _epoch % _plan.CheckpointEvery == 0) await SaveCheckpointAsync(cancellationToken);
        await _exchange.CleanUpAsync(_round, cancellationToken);
        _roundMilliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private void AddMetrics(long started) => _journal.Add(new EpochMetrics(
        _measuredEpoch, _errors.TrainRmse, Finite(_errors.TestRmse), Finite(_errors.TestMae),
        Stopwatch.GetElapsedTime(started).TotalMilliseconds));

    private async Task SaveCheckpointAsync(CancellationToken cancellationToken)
    {
        string folder = _keys.Checkpoint(_epoch);
        CheckpointDescription description = new(
            _epoch, _plan.Fingerprint, _parameters.Sha256(), $"{folder}/parameters.arrow", $"{folder}/velocity.arrow");
        await _store.PutAsync(description.Parameters, ParameterSerializer.Write(_parameters), cancellationToken);
        await _store.PutAsync(description.Velocity, ParameterSerializer.Write(_optimizer.Velocity), cancellationToken);
        await _store.PutAsync(
            $"{folder}/checkpoint.json",
            JsonSerializer.SerializeToUtf8Bytes(description, TrainingJson.Default.CheckpointDescription), cancellationToken);
    }

    private RequestTotals CountRequests()
    {
        RequestCounts run = _store.Requests;
        RequestCounts data = _data.Requests;
        return new RequestTotals(
            run.Put + data.Put + _ledger.Puts, run.Get + data.Get + _ledger.Gets, run.List + data.List, run.Delete + data.Delete,
            _ledger.Invocations);
    }

    private TrainingFailedException Diverged() => new(
        $"training diverged in epoch {_epoch}: a parameter is not finite; a smaller learningRate (now {_plan.Settings.LearningRate}) or more "
        + $"regularization (now {_plan.Settings.Regularization}) helps");
}
