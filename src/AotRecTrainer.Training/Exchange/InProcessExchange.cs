using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Exchange;

/// <summary>No workers: the coordinator computes every shard itself, with nothing stored on the way.</summary>
internal sealed class InProcessExchange(ShardCache data, ShardComputer computer, StatisticsCompression compression, TimeProvider time) : IRoundExchange
{
    private readonly int[] _shards = [.. Enumerable.Range(0, data.Reader.Manifest.Shards.Length)];

    public async Task<RoundTimes> RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        ReorderBuffer buffer = new(reducer);
        WorkMeter meter = new(time, started, cold: false, before: 0, Math.Min(computer.Threads, _shards.Length), static () => default);
        await computer.RunAsync(
            task, data, _shards,
            (statistics, token) =>
            {
                StatisticsSerializer.Round(statistics, compression);
                return buffer.AddAsync(statistics, token);
            },
            meter, cancellationToken);
        double whole = time.GetElapsedTime(started).TotalMilliseconds;
        WorkerTime self = new(0, meter.Loaded + meter.Computed, meter.Loaded, meter.Computed, Write: 0, ColdStart: false);
        return new RoundTimes(Send: 0, [self], Math.Max(0, whole - self.Milliseconds));
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
