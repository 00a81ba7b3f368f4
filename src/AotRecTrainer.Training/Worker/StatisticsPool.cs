using System.Collections.Concurrent;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Worker;

/// <summary>Buffers for statistics of one shape, used again and again; as many as are in use at the same time.</summary>
internal sealed class StatisticsPool(StatisticsShape shape)
{
    private const int WindowMax = 8;
    private const long WindowBytes = 64 << 20;
    private readonly ConcurrentBag<ShardStatistics> _idle = [];
    private int _made;

    public StatisticsShape Shape => shape;

    /// <summary>Buffers made so far: the most that were ever in use at the same time.</summary>
    public int Made => _made;

    /// <summary>How many shards the coordinator may hold beside the sum: a few, and fewer of large ones, but two always.</summary>
    public static int WindowOf(StatisticsShape shape)
    {
        long values = shape.Model.Items * (shape.Model.Factors + 1L + shape.MatrixLength);
        return (int)Math.Clamp(WindowBytes / Math.Max(1, sizeof(float) * values), 2, WindowMax);
    }

    public ShardStatistics Rent()
    {
        if (_idle.TryTake(out ShardStatistics? statistics)) return statistics;
        Interlocked.Increment(ref _made);
        return new ShardStatistics(shape);
    }

    public void Return(ShardStatistics statistics) => _idle.Add(statistics);
}
