using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>What a training begins with.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Users">Its users.</param>
/// <param name="Items">Its items.</param>
/// <param name="Algorithm">The algorithm, with its starting model.</param>
internal sealed record RunInputs(ShardCache Data, EntityTable Users, EntityTable Items, ITrainingAlgorithm Algorithm) : IDisposable
{
    /// <summary>Opens the data set and makes the algorithm; nothing is written.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="host">The process.</param>
    /// <param name="threads">Threads that the algorithm may use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunInputs> LoadAsync(TrainingSettings settings, TrainingHost host, int threads, CancellationToken cancellationToken)
    {
        ShardCache data = await ShardCache.OpenAsync(host, settings.Dataset, cancellationToken);
        try
        {
            EntityTable users = await data.Reader.ReadUsersAsync(cancellationToken);
            EntityTable items = await data.Reader.ReadItemsAsync(cancellationToken);
            return new RunInputs(
                data, users, items, await AlgorithmFactory.CreateAsync(settings, host, data, users, items, threads, cancellationToken));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Data.Dispose();
}
