using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Training.Coordinator;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// One way of getting the statistics of a round computed and back. Disposal removes whatever rounds of this coordinator, and of those
/// before it, have left in the store; it is safe when the run has failed or was taken over.
/// </summary>
internal interface IRoundExchange : IAsyncDisposable
{
    /// <summary>Returns when the reducer is complete, with where the time went.</summary>
    /// <exception cref="TrainingFailedException">Workers failed more often than is allowed, or did not answer in time.</exception>
    /// <exception cref="TrainingInputException">A worker found that no attempt can succeed.</exception>
    Task<RoundTimes> RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken);

    /// <summary>Removes what a round left in the store, once its outcome is kept elsewhere; may go on beside the next round.</summary>
    Task CleanUpAsync(int round, CancellationToken cancellationToken);
}
