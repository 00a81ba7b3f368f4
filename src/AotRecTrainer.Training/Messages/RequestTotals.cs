namespace AotRecTrainer.Training.Messages;

/// <summary>Requests of a run, per kind: to the object store, and invocations.</summary>
public sealed record RequestTotals(long Put, long Get, long List, long Delete, long Invoke);
