using AotRecTrainer.Dataset;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Results;

/// <summary>Makes a coordinator's answer of what it counted and measured.</summary>
internal static class RunReport
{
    /// <summary>The answer, without a model.</summary>
    public static CoordinatorResult Of(
        string state, TrainingPlan plan, DatasetManifest manifest, TrainingProgress progress, IReadOnlyList<double> epochMilliseconds,
        RunTotals totals, int segments, string kernel)
    {
        // The result itself and the lease's last word are written after this.
        totals = state == RunState.Complete ? totals with { Put = totals.Put + 2, Get = totals.Get + 1 } : totals;
        Invoice invoice = new(totals, segments);
        bool isMeasured = progress.Errors.TrainRatings > 0;
        return new CoordinatorResult
        {
            Run = plan.Run,
            State = state,
            TrainRmse = isMeasured ? progress.Errors.TrainRmse : null,
            TestRmse = isMeasured ? RunRecorder.Finite(progress.Errors.TestRmse) : null,
            TestMae = isMeasured ? RunRecorder.Finite(progress.Errors.TestMae) : null,
            Rounds = epochMilliseconds.Count,
            Ratings = manifest.TrainRatings,
            Workers = Math.Min(plan.Workers, manifest.Shards.Length),
            Kernel = kernel,
            Segments = segments,
            WallSeconds = totals.Seconds,
            RoundMilliseconds = [.. epochMilliseconds],
            ColdStarts = totals.Work.ColdStarts,
            Retries = totals.Work.Retries,
            Doubled = totals.Work.Doubled,
            Architecture = invoice.ArchitectureName,
            BilledGbSeconds = totals.GbSeconds,
            Requests = invoice.Requests,
            CostUsd = invoice.CostUsd,
        };
    }
}
