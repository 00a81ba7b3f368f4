namespace AotRecTrainer.Training.Messages;

/// <summary>What a run came to.</summary>
public sealed record CoordinatorResult
{
    /// <summary>Always <c>coordinator</c>.</summary>
    public string Role { get; init; } = "coordinator";

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Location of the model's folder.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the model's parameters.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Root-mean-square error on the training ratings.</summary>
    public required double TrainRmse { get; init; }

    /// <summary>Root-mean-square error on the held-out ratings; null when none are held out.</summary>
    public required double? TestRmse { get; init; }

    /// <summary>Mean absolute error on the held-out ratings; null when none are held out.</summary>
    public required double? TestMae { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Rounds { get; init; }

    /// <summary>Training ratings counted in every round.</summary>
    public required long Ratings { get; init; }

    /// <summary>Workers that took part; 0 when the coordinator trained alone.</summary>
    public required int Workers { get; init; }

    /// <summary>Name of the coordinator's gradient kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Time from the event to the saved model.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Time of every round.</summary>
    public required double[] RoundMilliseconds { get; init; }

    /// <summary>Worker processes that were started for the run.</summary>
    public required int ColdStarts { get; init; }

    /// <summary>Worker invocations that had to be repeated, those beside a slow one among them.</summary>
    public required int Retries { get; init; }

    /// <summary>Of these, the ones made beside a slow one that might still answer.</summary>
    public int Doubled { get; init; }

    /// <summary>Memory times billed time of coordinator and workers, as measured inside the functions.</summary>
    public required double BilledGbSeconds { get; init; }

    /// <summary>Requests made, per kind.</summary>
    public required RequestTotals Requests { get; init; }

    /// <summary>Price of the run on AWS, in US dollars.</summary>
    public required double CostUsd { get; init; }
}
