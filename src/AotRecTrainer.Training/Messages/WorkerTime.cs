namespace AotRecTrainer.Training.Messages;

/// <summary>Where the time of one worker went in an epoch, in milliseconds, its rounds added up.</summary>
/// <param name="Worker">Index of the worker: it has the same shards in every round, whichever process computes them.</param>
/// <param name="Milliseconds">From being asked until its last statistics were known to be stored.</param>
/// <param name="Load">Reading and decoding, as in <see cref="EpochParts.Load"/>.</param>
/// <param name="Compute">Computing, as in <see cref="EpochParts.Compute"/>.</param>
/// <param name="Write">Encoding and storing, as in <see cref="EpochParts.Write"/>. What is left of the whole is waiting.</param>
/// <param name="ColdStart">True when a process was started for it.</param>
public sealed record WorkerTime(int Worker, double Milliseconds, double Load, double Compute, double Write, bool ColdStart)
{
    /// <summary>Asked, and not yet or no longer at work, as in <see cref="EpochParts.Wait"/>.</summary>
    public double Wait() => Math.Max(0, Milliseconds - Load - Compute - Write);

    /// <summary>Two rounds of the same worker.</summary>
    public static WorkerTime operator +(WorkerTime left, WorkerTime right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new WorkerTime(
            left.Worker, left.Milliseconds + right.Milliseconds, left.Load + right.Load, left.Compute + right.Compute, left.Write + right.Write,
            left.ColdStart || right.ColdStart);
    }
}
