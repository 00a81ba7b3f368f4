using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>The coordinator (the paper's task manager): checks the event, opens the run, trains, saves the model.</summary>
/// <param name="computer">Computes shards when the coordinator trains alone; stays the caller's.</param>
/// <param name="invoker">Runs workers; made when first needed.</param>
/// <param name="functionName">The coordinator's own function, which workers are invoked as by default.</param>
/// <param name="memoryMegabytes">Memory of the function, for the bill.</param>
/// <param name="host">The process.</param>
public sealed class CoordinatorRole(
    ShardComputer computer, Func<IFunctionInvoker> invoker, string functionName, int memoryMegabytes, TrainingHost host)
{
    // Until runs have a lease that counts their coordinators.
    private const int Token = 1;

    /// <summary>Handles one invocation.</summary>
    /// <exception cref="TrainingInputException">The event, the data set or the run's name is wrong.</exception>
    /// <exception cref="TrainingFailedException">Workers kept failing, or the model diverged.</exception>
    public async Task<CoordinatorResult> RunAsync(CoordinatorEvent asked, CancellationToken cancellationToken)
    {
        long started = host.Time.GetTimestamp();
        TrainingPlan plan = TrainingPlan.From(asked, host.Time.GetUtcNow());
        using IObjectStore store = host.Open("output", plan.Output);
        using ShardCache data = await ShardCache.OpenAsync(host, plan.Settings.Dataset, cancellationToken);
        EntityTable users = await data.Reader.ReadUsersAsync(cancellationToken);
        EntityTable items = await data.Reader.ReadItemsAsync(cancellationToken);
        ITrainingAlgorithm algorithm = await AlgorithmFactory.CreateAsync(
            plan.Settings, host, data, users, items, computer.Threads, cancellationToken);
        RunKeys keys = new(plan.Run);
        byte[] config = JsonSerializer.SerializeToUtf8Bytes(plan.Settings, TrainingJson.Default.TrainingSettings);
        if (!await store.TryCreateAsync(keys.Config, config, cancellationToken))
            throw new TrainingInputException($"run \"{plan.Run}\" exists already in {store.Location}; choose another name");

        WorkLedger ledger = new();
        RunRecorder recorder = new(plan, store, keys, host, started);
        IRoundExchange exchange = MakeExchange(plan, store, data, ledger);
        StatisticsPool pool = computer.PoolOf(algorithm.Begin(round: 1, part: 0).ShapeFor(data.Reader.Manifest.Users));
        StatisticsReducer reducer = new(plan.Run, plan.Fingerprint, pool, data.Reader.Manifest.Shards.Length, ledger);
        TrainingRun run = new(plan, data.Reader.Manifest, algorithm, exchange, reducer, recorder, host.Time);
        try
        {
            MeasuredModel model;
            await using (exchange) model = await run.TrainAsync(cancellationToken);
            string digest = await SaveModelAsync(plan, store, keys, data, users, items, algorithm, model, recorder, cancellationToken);
            await recorder.CloseAsync(run.Progress, "complete", null, cancellationToken);
            Invoice invoice = new(store.Requests, data.Requests, ledger.Totals, recorder.Elapsed, memoryMegabytes);
            return Report(plan, store, keys, data, model, digest, recorder, ledger, invoice);
        }
        catch (Exception problem)
        {
            await TryReportAsync(recorder, run, problem);
            throw;
        }
    }

    private static async Task<string> SaveModelAsync(
        TrainingPlan plan, IObjectStore store, RunKeys keys, ShardCache data, EntityTable users, EntityTable items,
        ITrainingAlgorithm algorithm, MeasuredModel model, RunRecorder recorder, CancellationToken cancellationToken)
    {
        DatasetManifest manifest = data.Reader.Manifest;
        ModelParameters parameters = model.Parameters;
        ModelDescription description = new()
        {
            Run = plan.Run,
            Dataset = plan.Settings.Dataset,
            Algorithm = plan.Settings.Algorithm,
            Users = manifest.Users,
            Items = manifest.Items,
            Factors = plan.Settings.Factors,
            GlobalMean = parameters.GlobalMean,
            RatingLow = manifest.RatingLow,
            RatingHigh = manifest.RatingHigh,
            Epochs = model.Epoch,
            TrainRmse = model.Errors.TrainRmse,
            TestRmse = RunRecorder.Finite(model.Errors.TestRmse),
            ParametersSha256 = parameters.Sha256(),
            Samples = recorder.Samples.Count == 0 ? null : [.. recorder.Samples],
            Regularization = plan.Settings.Regularization,
            RatingDeviation = manifest.RatingDeviation,
            NoisePrecision = (algorithm as ISampledAlgorithm)?.NoisePrecision,
        };
        await ModelExport.SaveAsync(store, keys.Model, description, parameters, users, items, cancellationToken);
        return description.ParametersSha256;
    }

    private CoordinatorResult Report(
        TrainingPlan plan, IObjectStore store, RunKeys keys, ShardCache data, MeasuredModel model, string digest,
        RunRecorder recorder, WorkLedger ledger, Invoice invoice) => new()
        {
            Run = plan.Run,
            Model = $"{store.Location.AbsoluteUri.TrimEnd('/')}/{keys.Model}",
            ParametersSha256 = digest,
            TrainRmse = model.Errors.TrainRmse,
            TestRmse = RunRecorder.Finite(model.Errors.TestRmse),
            TestMae = RunRecorder.Finite(model.Errors.TestMae),
            Rounds = recorder.EpochMilliseconds.Count,
            Ratings = model.Errors.TrainRatings,
            Workers = Math.Min(plan.Workers, data.Reader.Manifest.Shards.Length),
            Kernel = computer.KernelName,
            WallSeconds = invoice.Elapsed.TotalSeconds,
            RoundMilliseconds = [.. recorder.EpochMilliseconds],
            ColdStarts = ledger.Totals.ColdStarts,
            Retries = ledger.Totals.Retries,
            Doubled = ledger.Totals.Doubled,
            BilledGbSeconds = invoice.GbSeconds,
            Requests = invoice.Requests,
            CostUsd = invoice.CostUsd,
        };

    private IRoundExchange MakeExchange(TrainingPlan plan, IObjectStore store, ShardCache data, WorkLedger ledger)
    {
        if (plan.Workers == 0) return new InProcessExchange(data, computer);
        WorkerGroup[] groups = WorkerGroup.Deal(data.Reader.Manifest.Shards.Length, plan.Workers);
        RoundContext context = new(plan, Token, store, invoker(), plan.WorkerFunction ?? functionName, groups, ledger, host);
        return new RoundExchange(context);
    }

    private async Task TryReportAsync(RunRecorder recorder, TrainingRun run, Exception problem)
    {
        try
        {
            await recorder.CloseAsync(run.Progress, "failed", problem.Message, CancellationToken.None);
        }
        catch (StorageException second)
        {
            host.Log($"the failure could not be recorded: {second.Message}");
        }
    }
}
