using System.Collections.Concurrent;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Worker;

/// <summary>Buffers for statistics of one shape, used again and again; as many as are in use at the same time.</summary>
internal sealed class StatisticsPool(StatisticsShape shape)
{
    private readonly ConcurrentBag<ShardStatistics> _idle = [];

    public StatisticsShape Shape => shape;

    public ShardStatistics Rent() => _idle.TryTake(out ShardStatistics? statistics) ? statistics : new ShardStatistics(shape);

    public void Return(ShardStatistics statistics) => _idle.Add(statistics);
}
