using AotRecTrainer.Storage;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Makes the exchange that a plan asks for.</summary>
internal static class ExchangeFactory
{
    public static IRoundExchange Create(
        TrainingPlan plan, int token, IObjectStore store, ShardCache data, CoordinatorContext context, WorkLedger ledger)
    {
        if (plan.Workers == 0) return new InProcessExchange(data, context.Computer, CompressionName.Parse(plan.Settings.Compression), context.Host.Time);
        WorkerGroup[] groups = WorkerGroup.Deal(data.Reader.Manifest.Shards.Length, plan.Workers);
        return new RoundExchange(new RoundContext(
            plan, data.Reader.ManifestSha256, token, store, context.Invoker(), context.WorkerFunctionOf(plan), groups, ledger, context.Host));
    }
}
