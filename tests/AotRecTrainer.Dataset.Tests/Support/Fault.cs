namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>What becomes of the write that is to fail.</summary>
public enum Fault
{
    /// <summary>It is refused; the store works again afterwards.</summary>
    Refused,

    /// <summary>It happens, but the writer is told that it failed; the store works again afterwards.</summary>
    ReplyLost,

    /// <summary>It does not happen and neither does anything after it, as when the process is killed before.</summary>
    KilledBefore,

    /// <summary>It happens and nothing after it does, as when the process is killed right behind it.</summary>
    KilledAfter,
}
