using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms;

/// <summary>
/// The worker's half of an algorithm, (parameters, shard) → statistics, with the memory that one thread needs for it. The same
/// task and shard give the same bits, whoever computes them and whatever was computed before.
/// </summary>
public interface IShardAlgorithm : IDisposable
{
    /// <summary>Takes a round's task; memory of the round before is used again where it fits.</summary>
    /// <exception cref="ArgumentException">The task is of another algorithm.</exception>
    void Begin(RoundTask task);

    /// <summary>Computes the statistics of one shard.</summary>
    /// <param name="shard">Index of the shard.</param>
    /// <param name="data">Its ratings.</param>
    /// <param name="statistics">Overwritten; of the task's shape.</param>
    void Compute(int shard, ShardData data, ShardStatistics statistics);
}
