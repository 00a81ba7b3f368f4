namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Why the server killed a process; <see cref="None"/> when it ended by itself.</summary>
internal enum KillReason
{
    None,
    Timeout,
    InitTimeout,
    Memory,
    Idle,
    Shutdown,
}
