using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>How an event finds its run.</summary>
/// <param name="Before">The lease as it was found.</param>
/// <param name="Config">The run's records.</param>
/// <param name="Answer">What to answer at once, with nothing touched; null when the run is to be taken.</param>
/// <param name="EndsCancellation">True when a request to stop was for the time before, and is to be removed.</param>
internal sealed record RunEntry(LeaseSight Before, RunConfig Config, CoordinatorResult? Answer, bool EndsCancellation)
{
    /// <summary>Where the run goes on; null from its start.</summary>
    public CheckpointMark? Checkpoint => Before.Record?.Checkpoint;
}
