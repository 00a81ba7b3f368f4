namespace AotRecTrainer.Simulation.Tests.Worlds;

/// <summary>Ways out of trouble that the product has.</summary>
internal enum Recovery
{
    /// <summary>A worker was asked again for shards.</summary>
    Retried,

    /// <summary>The run ended complete although something had gone wrong.</summary>
    CompletedDespiteFaults,

    /// <summary>A run ended failed, and said why.</summary>
    FailedClearly,
}
