namespace AotRecTrainer.Simulation.Tests.Stores;

/// <summary>Ways in which a store, or a program that misuses one, would be wrong: what the simulation must notice.</summary>
public enum StoreFlaw
{
    /// <summary>None.</summary>
    None,

    /// <summary>Compare-and-swap that does not compare.</summary>
    SwapsBlindly,

    /// <summary>Creation that succeeds although the object is there.</summary>
    CreatesTwice,

    /// <summary>Deletions that are accepted and not carried out.</summary>
    KeepsWhatIsDeleted,

    /// <summary>Workers that compute with the parameters of the first round for ever.</summary>
    KeepsOldParameters,

    /// <summary>Checkpoints that lose what the algorithm remembers beside the parameters.</summary>
    ForgetsState,

    /// <summary>Checkpoints whose parameters are accepted and not stored.</summary>
    LosesCheckpoints,
}
