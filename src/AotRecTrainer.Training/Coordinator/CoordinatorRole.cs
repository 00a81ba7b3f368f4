using System.Diagnostics;
using System.Text.Json;
using AotRecTrainer.Dataset;
using AotRecTrainer.Kernels;
using AotRecTrainer.Model;
using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>The coordinator (the paper's task manager): checks the event, opens the run, trains, saves the model.</summary>
/// <param name="kernel">Computes gradients when the coordinator trains alone.</param>
/// <param name="invoker">Runs workers; made when first needed.</param>
/// <param name="functionName">The coordinator's own function, which workers are invoked as by default.</param>
/// <param name="memoryMegabytes">Memory of the function, for the bill.</param>
/// <param name="log">Notes for the operator, a line each.</param>
public sealed class CoordinatorRole(
    IGradientKernel kernel, Func<IFunctionInvoker> invoker, string functionName, int memoryMegabytes, Action<string> log)
{
    /// <summary>Handles one invocation.</summary>
    /// <exception cref="TrainingInputException">The event, the data set or the run's name is wrong.</exception>
    /// <exception cref="TrainingFailedException">Workers kept failing, or the model diverged.</exception>
    public async Task<CoordinatorResult> RunAsync(CoordinatorEvent asked, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        TrainingPlan plan = TrainingPlan.From(asked, TimeProvider.System.GetUtcNow());
        using IObjectStore store = TrainingInput.OpenStore("output", plan.Output);
        using ShardCache data = await ShardCache.OpenAsync(plan.Settings.Dataset, cancellationToken);
        EntityTable users = await data.Reader.ReadUsersAsync(cancellationToken);
        EntityTable items = await data.Reader.ReadItemsAsync(cancellationToken);
        RunKeys keys = new(plan.Run);
        byte[] config = JsonSerializer.SerializeToUtf8Bytes(plan.Settings, TrainingJson.Default.TrainingSettings);
        if (!await store.TryCreateAsync(keys.Config, config, cancellationToken))
            throw new TrainingInputException($"run \"{plan.Run}\" exists already in {store.Location}; choose another name");

        RunJournal journal = new(store, keys);
        WorkLedger ledger = new();
        using IRoundExchange exchange = MakeExchange(plan, store, data, ledger);
        TrainingRun run = new(plan, store, data, users, items, exchange, ledger, journal, started);
        try
        {
            await run.TrainAsync(cancellationToken);
            return await run.SaveAsync(kernel.Name, memoryMegabytes, cancellationToken);
        }
        catch (Exception problem)
        {
            await TryReportAsync(journal, run, problem);
            if (problem is ModelException) throw new TrainingFailedException(problem.Message, problem);
            throw;
        }
    }

    private IRoundExchange MakeExchange(TrainingPlan plan, IObjectStore store, ShardCache data, WorkLedger ledger)
    {
        if (plan.Workers == 0) return new InProcessExchange(data, kernel);
        WorkerGroup[] groups = WorkerGroup.Deal(data.Reader.Manifest.Shards.Length, plan.Workers);
        RoundContext context = new(plan, store, invoker(), plan.WorkerFunction ?? functionName, groups, ledger, log);
        return plan.Exchange == ExchangeKind.Poll ? new PollExchange(context) : new AwaitExchange(context);
    }

    private async Task TryReportAsync(RunJournal journal, TrainingRun run, Exception problem)
    {
        try
        {
            await journal.PostAsync(run.StatusOf("failed", problem.Message), CancellationToken.None);
            await journal.FlushAsync();
        }
        catch (StorageException second)
        {
            log($"the failure could not be recorded: {second.Message}");
        }
    }
}
