namespace AotRecTrainer.LocalLambda;

/// <summary>Why the server killed a process; <see cref="None"/> when it ended by itself.</summary>
internal enum KillReason
{
    None,
    Timeout,
    InitTimeout,
    InitError,
    Memory,
    Idle,
    Shutdown,
}
