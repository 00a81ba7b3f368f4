namespace AotRecTrainer.Training.Options;

/// <summary>How the coordinator gets the workers' statistics.</summary>
public enum ExchangeKind
{
    /// <summary>Synchronous invocations in parallel; an answer says that the statistics are stored.</summary>
    Await,

    /// <summary>The paper's Algorithm 1: asynchronous invocations, then list, read, add, delete until every shard was counted.</summary>
    Poll,
}
