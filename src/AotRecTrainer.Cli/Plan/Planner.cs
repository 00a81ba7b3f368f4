using AotRecTrainer.Cli.Plan.Model;
using AotRecTrainer.Dataset;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Plan;

/// <summary>Forecasts every configuration of a grid that has enough memory.</summary>
/// <param name="model">Forecasts a run.</param>
/// <param name="plan">What is trained.</param>
/// <param name="manifest">The data set.</param>
/// <param name="cpuScale">What CPU shares are multiplied by.</param>
internal sealed class Planner(CostModel model, TrainingPlan plan, DatasetManifest manifest, double cpuScale)
{
    /// <summary>The forecasts; workers beyond the number of shards would have nothing to do and are left out.</summary>
    public Frontier Evaluate(IEnumerable<int> workers, IReadOnlyCollection<int> memories)
    {
        Workload workload = new(manifest, plan.Settings, plan.CheckpointEvery);
        return new Frontier(
            from count in workers.Where(count => count <= manifest.Shards.Length).Distinct()
            let work = new Work(workload, count)
            from memory in memories.Distinct()
            where new MemoryEstimate(plan with { Workers = count }, manifest, Math.Max(1, memory / Setting.MegabytesPerProcessor)).Fits(memory)
            select model.Of(work, new Setting(count, memory, cpuScale)));
    }
}
