using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>The function that a coordinator runs in.</summary>
/// <param name="Computer">Computes shards when the coordinator trains alone.</param>
/// <param name="Invoker">Runs workers, and the coordinator's continuation; made when first needed.</param>
/// <param name="Function">The coordinator's own function.</param>
/// <param name="MemoryMegabytes">Its memory; null when unknown.</param>
/// <param name="Host">The process.</param>
internal sealed record CoordinatorContext(
    ShardComputer Computer, Func<IFunctionInvoker> Invoker, string Function, int? MemoryMegabytes, TrainingHost Host)
{
    // What a function has at least; what it costs is counted with it when its memory is unknown.
    private const int MegabytesMin = 128;

    /// <summary>The function that workers of a run are invoked as.</summary>
    public string WorkerFunctionOf(TrainingPlan plan) => plan.WorkerFunction ?? Host.WorkerFunction ?? Function;

    /// <summary>The memory that the bill is made with.</summary>
    public int BilledMegabytes => MemoryMegabytes ?? MegabytesMin;
}
