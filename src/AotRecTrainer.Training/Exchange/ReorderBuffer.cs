using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Adds up, in the order of shards, statistics that several threads hand over as they are done. A thread that is too far ahead waits, so
/// that the shards after a slow one do not pile up. Cannot block for good: the shard that is next is always taken.
/// </summary>
internal sealed class ReorderBuffer(StatisticsReducer reducer)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ShardStatistics> _held = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Hands statistics over; their buffer goes back to the pool.</summary>
    public async ValueTask AddAsync(ShardStatistics statistics, CancellationToken cancellationToken)
    {
        while (!TryAdd(statistics, out Task room)) await room.WaitAsync(cancellationToken);
    }

    private bool TryAdd(ShardStatistics statistics, out Task room)
    {
        lock (_gate)
        {
            room = _moved.Task;
            if (statistics.Shard != reducer.Next && _held.Count >= reducer.Window) return false;
            _held.Add(statistics.Shard, statistics);
            if (statistics.Shard != reducer.Next) return true;
            while (!reducer.IsComplete && _held.Remove(reducer.Next, out ShardStatistics? next)) reducer.Add(next);
            _moved.SetResult();
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }
}
