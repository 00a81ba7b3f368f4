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
    /// <param name="plan">The run.</param>
    /// <param name="context">The function, which has to have the memory for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TrainingInputException">There is no such data set, or the function is too small for the run.</exception>
    public static async Task<RunInputs> LoadAsync(TrainingPlan plan, CoordinatorContext context, CancellationToken cancellationToken)
    {
        (TrainingHost host, int threads) = (context.Host, context.Computer.Threads);
        TrainingSettings settings = plan.Settings;
        ShardCache data = await ShardCache.OpenAsync(host, settings.Dataset, cancellationToken);
        try
        {
            if (context.MemoryMegabytes is { } megabytes)
            {
                new MemoryEstimate(plan, data.Reader.Manifest, threads).ThrowUnlessFits(
                    megabytes, areWorkersAlike: plan.WorkerFunction is null || plan.WorkerFunction == context.Function);
            }

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
