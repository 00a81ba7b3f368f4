using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Coordinator;

namespace AotRecTrainer.Training.Exchange;

/// <summary>One way of getting the statistics of a round computed and back.</summary>
internal interface IRoundExchange : IDisposable
{
    /// <summary>Returns when the collector is complete.</summary>
    /// <exception cref="TrainingFailedException">Workers failed more often than is allowed, or did not answer in time.</exception>
    Task RunAsync(int round, RoundTask task, StatisticsCollector collector, CancellationToken cancellationToken);

    /// <summary>Removes what a round left in the store, once its outcome is kept elsewhere.</summary>
    Task CleanUpAsync(int round, CancellationToken cancellationToken);
}
