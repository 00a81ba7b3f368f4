namespace AotRecTrainer.Training.Messages;

/// <summary>
/// What an invocation of the coordinator came to, and the content of <c>result.json</c> of a complete run. What there is not, or not yet, is
/// null: all but run and state when the run is somebody else's, the model when the run was stopped.
/// </summary>
public sealed record CoordinatorResult
{
    /// <summary>Always <c>coordinator</c>.</summary>
    public string Role { get; init; } = "coordinator";

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>One of <see cref="RunState"/>: complete, cancelled, continued (by another invocation) or running (somebody else has it).</summary>
    public string State { get; init; } = RunState.Complete;

    /// <summary>Location of the model's folder.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's parameters.</summary>
    public string? ParametersSha256 { get; init; }

    /// <summary>Root-mean-square error on the training ratings.</summary>
    public double? TrainRmse { get; init; }

    /// <summary>Root-mean-square error on the held-out ratings; null when none are held out.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Mean absolute error on the held-out ratings; null when none are held out.</summary>
    public double? TestMae { get; init; }

    /// <summary>Epochs trained.</summary>
    public int? Rounds { get; init; }

    /// <summary>Training ratings counted in every round.</summary>
    public long? Ratings { get; init; }

    /// <summary>Workers that took part; 0 when the coordinator trained alone.</summary>
    public int? Workers { get; init; }

    /// <summary>Name of the coordinator's gradient kernel.</summary>
    public string? Kernel { get; init; }

    /// <summary>Coordinators that worked on the run, one after the other; more than 1 when it was continued or resumed.</summary>
    public int? Segments { get; init; }

    /// <summary>Time of the coordinators, from the event to the saved model; pauses between them do not count.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>Time of every epoch.</summary>
    public double[]? RoundMilliseconds { get; init; }

    /// <summary>Worker processes that were started for the run.</summary>
    public int? ColdStarts { get; init; }

    /// <summary>Worker invocations that had to be repeated, those beside a slow one among them.</summary>
    public int? Retries { get; init; }

    /// <summary>Of these, the ones made beside a slow one that might still answer.</summary>
    public int? Doubled { get; init; }

    /// <summary>Memory of the coordinator's function in MB; null when it is not known.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>The processor that the price is of, as Lambda names it: <c>x86_64</c> or <c>arm64</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>Memory times billed time of coordinator and workers, as measured inside the functions.</summary>
    public double? BilledGbSeconds { get; init; }

    /// <summary>Requests made, per kind.</summary>
    public RequestTotals? Requests { get; init; }

    /// <summary>Price of the run on AWS, in US dollars.</summary>
    public double? CostUsd { get; init; }
}
