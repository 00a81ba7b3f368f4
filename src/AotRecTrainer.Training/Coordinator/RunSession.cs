using System.Text.Json;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Runs;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// One coordinator's work on a run that it holds the lease of: from the start or the last checkpoint to one of four ends. Each of them
/// leaves a lease that says so, and all but the complete one a checkpoint to go on from.
/// </summary>
internal sealed class RunSession
{
    private const int IdleSegmentsMax = 2;
    private readonly TrainingPlan _plan;
    private readonly IObjectStore _store;
    private readonly RunInputs _inputs;
    private readonly RunLease _lease;
    private readonly TimeBudget _budget;
    private readonly CoordinatorContext _context;
    private readonly RunKeys _keys;
    private readonly RunMeter _meter;
    private readonly RunRecorder _recorder;
    private readonly CheckpointStore _checkpoints;
    private readonly IRoundExchange _exchange;
    private readonly TrainingRun _run;

    public RunSession(
        TrainingPlan plan, IObjectStore store, RunInputs inputs, RunLease lease, TimeBudget budget, CoordinatorContext context)
    {
        (_plan, _store, _inputs, _lease, _budget, _context) = (plan, store, inputs, lease, budget, context);
        TrainingHost host = context.Host;
        _keys = new RunKeys(plan.Run);
        RunTotals before = lease.Record.Spent;
        WorkLedger ledger = new(before.Work);
        _meter = new RunMeter(before, () => store.Requests + inputs.Data.Requests, ledger, context.BilledMegabytes, budget.Started, host.Time);
        lease.Meter = _meter.Read;
        RunJournal journal = new(
            new OfficialObject(store, _keys.Metrics, lease, host.Time), new OfficialObject(store, _keys.Status, lease, host.Time), host);
        _recorder = new RunRecorder(plan, store, _keys, journal, _meter, lease.Record.Segment);
        _checkpoints = new CheckpointStore(store, plan, lease, budget, host);
        _exchange = ExchangeFactory.Create(plan, lease.Token, store, inputs.Data, context, ledger);
        StatisticsPool pool = context.Computer.PoolOf(inputs.Algorithm.Begin(round: 1, part: 0).ShapeFor(inputs.Data.Reader.Manifest.Users));
        StatisticsReducer reducer = new(plan.Run, plan.Fingerprint, pool, inputs.Data.Reader.Manifest.Shards.Length, ledger);
        _run = new TrainingRun(
            plan, inputs.Data.Reader.Manifest, inputs.Algorithm, _exchange, reducer, _recorder, _checkpoints, budget, host.Time);
    }

    /// <summary>Works until the run is complete, was asked to stop, or has to go on in another invocation.</summary>
    /// <exception cref="TrainingFailedException">Workers kept failing, the model diverged, or another coordinator has taken over.</exception>
    public async Task<CoordinatorResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            MeasuredModel? model;
            string? digest = null;
            bool isCancelled;
            await using (RunWatch watch = new(_store, _keys, _lease, _context.Host))
            {
                model = await TrainAsync(watch, cancellationToken);
                isCancelled = watch.IsCancelWanted;
                if (model is null) await SaveCheckpointAsync();
                else digest = await ModelSaving.SaveAsync(_plan, _store, _keys.Model, _inputs, model, _recorder.Samples, cancellationToken);
            }

            return model is not null ? await CompleteAsync(model, digest!, cancellationToken)
                : isCancelled ? await StopAsync()
                : await ContinueAsync(cancellationToken);
        }
        catch (Exception problem)
        {
            if (_lease.IsLost) throw _lease.Lost();
            await TryFailAsync(problem);
            throw;
        }
    }

    private async Task<MeasuredModel?> TrainAsync(RunWatch watch, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.Lost);
        await using (_exchange)
        {
            if (_lease.Record.Segment > 1)
            {
                if (await _checkpoints.LoadAsync(ended.Token) is { } checkpoint) _run.Restore(checkpoint);
                await _checkpoints.SweepAsync(ended.Token);
            }

            MeasuredModel? model = await _run.TrainAsync(
                () => watch.IsCancelWanted ? StopReason.Cancelled : _budget.HasRoomForRound ? StopReason.None : StopReason.OutOfTime, ended.Token);
            await _checkpoints.SettleAsync();
            return model;
        }
    }

    private async Task<CoordinatorResult> CompleteAsync(MeasuredModel model, string digest, CancellationToken cancellationToken)
    {
        await _recorder.CloseAsync(_run.Progress, RunState.Complete, null, cancellationToken);
        CoordinatorResult result = Report(RunState.Complete) with
        {
            Model = $"{_store.Location.AbsoluteUri.TrimEnd('/')}/{_keys.Model}",
            ParametersSha256 = digest,
            TrainRmse = model.Errors.TrainRmse,
            TestRmse = RunRecorder.Finite(model.Errors.TestRmse),
            TestMae = RunRecorder.Finite(model.Errors.TestMae),
        };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(result, TrainingJson.Default.CoordinatorResult);
        await new OfficialObject(_store, _keys.Result, _lease, _context.Host.Time).WriteAsync(content, cancellationToken);
        await EndAsync(RunState.Complete, idleSegments: 0);
        return result;
    }

    private async Task<CoordinatorResult> StopAsync()
    {
        await _recorder.CloseAsync(_run.Progress, RunState.Cancelled, $"stopped on request; {Continuation.HintFor(_plan)}", CancellationToken.None);
        await EndAsync(RunState.Cancelled, idleSegments: 0);
        return Report(RunState.Cancelled);
    }

    private async Task<CoordinatorResult> ContinueAsync(CancellationToken cancellationToken)
    {
        Continuation continuation = new(_plan, _context);
        int idle = _budget.Rounds > 0 ? 0 : _lease.Record.IdleSegments + 1;
        if (idle >= IdleSegmentsMax) throw continuation.Hopeless(_budget, _inputs.Algorithm.RoundsPerEpoch);
        await _recorder.CloseAsync(_run.Progress, RunState.Running, null, cancellationToken);
        await EndAsync(RunState.Released, idle);
        await continuation.StartAsync(_lease, cancellationToken);
        return Report(RunState.Continued);
    }

    /// <summary>The lease says last how it ended: whoever comes next need not wait until it looks dead.</summary>
    private Task EndAsync(string state, int idleSegments) => _lease.UpdateAsync(
        record => record with { State = state, IdleSegments = idleSegments }, CancellationToken.None);

    /// <summary>Saves what there is to save, unless the last checkpoint has it or there is nothing whole.</summary>
    private async Task SaveCheckpointAsync()
    {
        if (_run.IsBetweenRounds && _run.Progress.Round > Math.Max(_checkpoints.Round, 0)) await _checkpoints.SaveAsync(_run.Capture());
    }

    private async Task TryFailAsync(Exception problem)
    {
        await TryAsync(_checkpoints.SettleAsync);
        await TryAsync(SaveCheckpointAsync);
        await TryAsync(() => _recorder.CloseAsync(_run.Progress, RunState.Failed, problem.Message, CancellationToken.None));
        await TryAsync(() => EndAsync(RunState.Failed, idleSegments: 0));
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception second) when (second is StorageException or TrainingFailedException)
        {
            _context.Host.Log($"the failure could not be recorded: {second.Message}");
        }
    }

    private CoordinatorResult Report(string state) => RunReport.Of(
        state, _plan, _inputs.Data.Reader.Manifest, _run.Progress, _recorder.EpochMilliseconds, _meter.Read(), _lease.Record.Segment,
        _context.Computer.KernelName) with
    {
        MemoryMegabytes = _context.MemoryMegabytes,
    };
}
