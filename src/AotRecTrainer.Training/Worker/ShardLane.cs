using AotRecTrainer.Model.Algorithms;

namespace AotRecTrainer.Training.Worker;

/// <summary>What one thread needs to compute shards: the algorithm's memory, loaded with a task.</summary>
internal sealed class ShardLane(IShardAlgorithm algorithm) : IDisposable
{
    private RoundTask? _task;

    /// <summary>The algorithm, ready for the task; it is loaded at the first shard of a round only.</summary>
    public IShardAlgorithm For(RoundTask task)
    {
        if (!ReferenceEquals(_task, task))
        {
            algorithm.Begin(task);
            _task = task;
        }

        return algorithm;
    }

    public void Dispose() => algorithm.Dispose();
}
