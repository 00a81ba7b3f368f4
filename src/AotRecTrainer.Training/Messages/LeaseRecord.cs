namespace AotRecTrainer.Training.Messages;

/// <summary>
/// The content of <c>lease.json</c>: which coordinator a run belongs to and where it goes on. It is replaced by compare-and-swap only, and
/// holds no time of day: clocks of different machines say nothing about each other.
/// </summary>
public sealed record LeaseRecord
{
    /// <summary>Most invocations that are remembered: a day's worth of the longest that there are.</summary>
    public const int InvocationsMax = 96;

    /// <summary>Number of the coordinator, one more at every take-over; names what it stores.</summary>
    public required int Token { get; init; }

    /// <summary>The coordinator: its invocation, and a random part because one invocation may be delivered twice.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// Invocations that have had the run, the latest first, this one among them; at most <see cref="InvocationsMax"/>. Their events may be
    /// delivered again at any time, and must not start again what a person has stopped since.
    /// </summary>
    public string[] Invocations { get; init; } = [];

    /// <summary>Grows with every write; while it does, the coordinator lives.</summary>
    public required long Beat { get; init; }

    /// <summary>One of <see cref="RunState"/>: running, or how the coordinator ended.</summary>
    public required string State { get; init; }

    /// <summary>Where the run goes on; null before the first checkpoint.</summary>
    public CheckpointMark? Checkpoint { get; init; }

    /// <summary>The checkpoint before that one; kept should that one be damaged.</summary>
    public CheckpointMark? CheckpointBefore { get; init; }

    /// <summary>Coordinators that the run has had, this one among them.</summary>
    public required int Segment { get; init; }

    /// <summary>Continuations in a row without a finished round.</summary>
    public int IdleSegments { get; init; }

    /// <summary>What the run has cost up to this write.</summary>
    public RunTotals Spent { get; init; } = new();

    /// <summary>True when this invocation has had the run before, and is delivered again.</summary>
    public bool IsKnown(InvocationInfo invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return Invocations.Contains(invocation.Id, StringComparer.Ordinal);
    }

    /// <summary><see cref="Invocations"/> of the next lease, when this invocation takes it.</summary>
    public static string[] Remember(LeaseRecord? last, InvocationInfo invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return [.. (last?.Invocations ?? []).Prepend(invocation.Id).Distinct(StringComparer.Ordinal).Take(InvocationsMax)];
    }
}
