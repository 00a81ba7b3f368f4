namespace AotRecTrainer.Training.Runs;

/// <summary>Why training is to stop before its end, at the next round.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Somebody wants the run to stop.</summary>
    Cancelled,

    /// <summary>The next round does not fit into what is left of the invocation.</summary>
    OutOfTime,
}
