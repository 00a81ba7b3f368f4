namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>Ways out of trouble that the product has.</summary>
public enum Recovery
{
    /// <summary>A worker was asked again for shards.</summary>
    Retried,

    /// <summary>A second worker had a go at the shards of a slow one.</summary>
    Doubled,

    /// <summary>A coordinator took a run from one that was seen to live no more.</summary>
    TookOver,

    /// <summary>A run went on from a checkpoint.</summary>
    WentOnFromCheckpoint,

    /// <summary>A run began anew because there was no checkpoint yet.</summary>
    BeganAnew,

    /// <summary>A coordinator handed the run to another invocation before its time was over.</summary>
    Continued,

    /// <summary>An event found that another coordinator is at work, and touched nothing.</summary>
    FoundItRunning,

    /// <summary>A coordinator noticed that another one has the run, and stopped.</summary>
    NoticedTheLoss,

    /// <summary>A run was stopped on request.</summary>
    Cancelled,

    /// <summary>A complete run was asked for again, and answered with what it came to.</summary>
    AnsweredAgain,

    /// <summary>A coordinator failed, and said why.</summary>
    FailedClearly,

    /// <summary>The run came to its end while things went wrong.</summary>
    CompletedInTrouble,

    /// <summary>The run came to its end once nothing went wrong any more.</summary>
    CompletedAfterTrouble,
}
