using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Exchange;

/// <summary>No workers: the coordinator computes every shard itself, with nothing stored on the way.</summary>
internal sealed class InProcessExchange(ShardCache data, ShardComputer computer, StatisticsCompression compression) : IRoundExchange
{
    private readonly int[] _shards = [.. Enumerable.Range(0, data.Reader.Manifest.Shards.Length)];

    public Task RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        ReorderBuffer buffer = new(reducer);
        return computer.RunAsync(
            task, data, _shards,
            (statistics, token) =>
            {
                StatisticsSerializer.Round(statistics, compression);
                return buffer.AddAsync(statistics, token);
            },
            meter: null, cancellationToken);
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
