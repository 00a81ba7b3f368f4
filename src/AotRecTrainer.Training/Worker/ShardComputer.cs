using System.Collections.Concurrent;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Training.Worker;

/// <summary>
/// Computes the statistics of shards on a number of threads. A shard is computed by one thread from beginning to end, so that
/// threads do not change a bit; memory is kept from round to round.
/// </summary>
/// <param name="algorithms">Finds the algorithm of a task.</param>
/// <param name="threads">Shards computed at the same time, at least 1.</param>
public sealed class ShardComputer(ShardAlgorithms algorithms, int threads) : IDisposable
{
    private readonly ConcurrentBag<ShardLane> _lanes = [];
    private StatisticsPool? _pool;
    private Type? _kind;

    /// <summary>Name of the kernels in use.</summary>
    public string KernelName => algorithms.KernelName;

    /// <summary>Shards computed at the same time.</summary>
    public int Threads => threads;

    /// <summary>Buffers for statistics of a shape; those of the round before when the shape is the same.</summary>
    internal StatisticsPool PoolOf(StatisticsShape shape) => _pool?.Shape == shape ? _pool : _pool = new StatisticsPool(shape);

    /// <summary>Computes shards and hands each over as soon as it is done, on any thread; the receiver gives the buffer back to the pool.</summary>
    /// <param name="task">What is computed.</param>
    /// <param name="data">Where the shards' ratings are had.</param>
    /// <param name="shards">Their indices.</param>
    /// <param name="handOver">Receives the statistics of a shard.</param>
    /// <param name="meter">Counts the time of computing; null where nobody asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">The first that a shard met.</exception>
    internal async Task RunAsync(
        RoundTask task, ShardCache data, IReadOnlyList<int> shards, Func<ShardStatistics, CancellationToken, ValueTask> handOver,
        WorkMeter? meter, CancellationToken cancellationToken)
    {
        if (_kind != task.GetType())
        {
            DisposeLanes();
            _kind = task.GetType();
        }

        StatisticsPool pool = PoolOf(task.ShapeFor(data.Reader.Manifest.Users));
        if (threads == 1)
        {
            foreach (int shard in shards) await ComputeAsync(shard, cancellationToken);
            return;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(shards, options, ComputeAsync);

        async ValueTask ComputeAsync(int shard, CancellationToken token)
        {
            long asked = meter?.Now() ?? 0;
            ShardData ratings = await data.GetAsync(shard, token);
            meter?.AddLoading(asked);
            await handOver(Compute(task, shard, ratings, pool, meter), token);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeLanes();

    private ShardStatistics Compute(RoundTask task, int shard, ShardData ratings, StatisticsPool pool, WorkMeter? meter)
    {
        ShardStatistics statistics = pool.Rent();
        ShardLane lane = _lanes.TryTake(out ShardLane? idle) ? idle : new ShardLane(algorithms.Create(task));
        try
        {
            long started = meter?.Now() ?? 0;
            lane.For(task).Compute(shard, ratings, statistics);
            meter?.AddComputing(started);
            return statistics;
        }
        catch
        {
            pool.Return(statistics);
            throw;
        }
        finally
        {
            _lanes.Add(lane);
        }
    }

    private void DisposeLanes()
    {
        while (_lanes.TryTake(out ShardLane? lane)) lane.Dispose();
    }
}
