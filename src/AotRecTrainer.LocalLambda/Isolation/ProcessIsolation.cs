namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>What keeps one process within its limits.</summary>
internal sealed class ProcessIsolation(int processId, CgroupMembership? group, ProcessWarden warden, bool canFreeze, string? problem)
{
    /// <summary>What could not be limited; null when all that was asked for is.</summary>
    public string? Problem { get; } = problem;

    /// <summary>Stops the process where it is, if idle processes are to be.</summary>
    public void Freeze()
    {
        if (canFreeze)
            warden.Freeze(processId);
    }

    /// <summary>Lets it go on; false when that cannot be.</summary>
    public bool Thaw() => !canFreeze || warden.Thaw(processId);

    /// <summary>After its end: whether the kernel killed it for want of memory. Gives up what was held for it.</summary>
    public bool Release()
    {
        warden.Forget(processId);
        bool ranOut = group?.RanOutOfMemory() ?? false;
        group?.Remove();
        return ranOut;
    }
}
