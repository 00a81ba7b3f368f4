namespace AotRecTrainer.Training.Messages;

/// <summary>What a run has cost so far, over all of its coordinators.</summary>
public sealed record RunTotals
{
    /// <summary>Time of the coordinators, one after the other; pauses between them do not count.</summary>
    public double Seconds { get; init; }

    /// <summary>Memory times time of coordinators and workers.</summary>
    public double GbSeconds { get; init; }

    /// <summary>The coordinators' own PUT requests.</summary>
    public long Put { get; init; }

    /// <summary>The coordinators' own GET requests.</summary>
    public long Get { get; init; }

    /// <summary>The coordinators' own LIST requests.</summary>
    public long List { get; init; }

    /// <summary>The coordinators' own DELETE requests.</summary>
    public long Delete { get; init; }

    /// <summary>What the workers cost.</summary>
    public WorkTotals Work { get; init; }
}
