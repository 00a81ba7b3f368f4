using AotRecTrainer.Dataset;
using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Exchange;

/// <summary>No workers: the coordinator computes every shard itself, with nothing stored on the way.</summary>
internal sealed class InProcessExchange(ShardCache shards, IGradientKernel kernel) : IRoundExchange
{
    public async Task RunAsync(int round, ModelParameters parameters, StatisticsCollector collector, CancellationToken cancellationToken)
    {
        DatasetManifest manifest = shards.Reader.Manifest;
        using BatchGradient gradient = new(parameters, kernel);
        for (int shard = 0; shard < manifest.Shards.Length; shard++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CachedShard data = await shards.GetAsync(shard, cancellationToken);
            collector.Add(gradient.Compute(shard, data.Train, data.Test, manifest.RatingLow, manifest.RatingHigh));
        }
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
