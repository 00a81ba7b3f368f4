namespace AotRecTrainer.Training.Messages;

/// <summary>
/// Where the time of an epoch went, in milliseconds: along its rounds, from the parameters that go out to those that come of it, and in every
/// round along the worker that was last. They add up to the epoch but for what the coordinator writes down between two rounds.
/// </summary>
/// <param name="Send">The rounds' tasks were encoded and stored; 0 without workers.</param>
/// <param name="Wait">The last worker was asked and did not work yet, or had worked and nobody knew: invocation, cold start, and with
/// <c>poll</c> the time until its statistics were found. 0 without workers.</param>
/// <param name="Load">It read the task and its shards, and decoded them; in warm rounds the task alone.</param>
/// <param name="Compute">It computed.</param>
/// <param name="Write">It encoded and stored its statistics, as far as not beside computing; with <c>poll</c> the last of that is in
/// <paramref name="Wait"/>. 0 without workers.</param>
/// <param name="Reduce">The last statistics were there, and were read and added up.</param>
/// <param name="Step">The model was stepped.</param>
public sealed record EpochParts(double Send, double Wait, double Load, double Compute, double Write, double Reduce, double Step)
{
    /// <summary>All parts together.</summary>
    public double Sum() => Send + Wait + Load + Compute + Write + Reduce + Step;
}
