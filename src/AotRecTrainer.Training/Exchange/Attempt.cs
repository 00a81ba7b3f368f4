namespace AotRecTrainer.Training.Exchange;

/// <summary>One invocation of a worker for some of its shards.</summary>
/// <param name="Group">Index of the worker whose shards they are.</param>
/// <param name="Number">Number of the attempt at these shards in this round, from 1.</param>
/// <param name="Shards">The shards, ascending; at least one.</param>
/// <param name="Patience">How long its answer is waited for before the shards are asked for again.</param>
/// <param name="IsDouble">True when it runs beside another one that may still answer.</param>
internal sealed record Attempt(int Group, int Number, int[] Shards, TimeSpan Patience, bool IsDouble);
