namespace AotRecTrainer.LocalLambda.Environments;

/// <summary>Why the server killed a process.</summary>
internal enum KillReason
{
    /// <summary>It did not: the process ended by itself.</summary>
    None,

    /// <summary>An invocation took longer than its function may.</summary>
    Timeout,

    /// <summary>The process did not ask for work in time.</summary>
    InitTimeout,

    /// <summary>It used more memory than its function has.</summary>
    Memory,

    /// <summary>It had been without work for long, was old, or its function was changed.</summary>
    Recycled,

    /// <summary>The server stops.</summary>
    Shutdown,
}
