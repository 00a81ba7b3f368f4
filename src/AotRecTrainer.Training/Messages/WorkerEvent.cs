namespace AotRecTrainer.Training.Messages;

/// <summary>What the coordinator asks of a worker: statistics of some shards for one round.</summary>
public sealed record WorkerEvent
{
    /// <summary>Always <c>worker</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Location of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Location below which the run's folder is.</summary>
    public required string Output { get; init; }

    /// <summary>The coordinator's fencing token, a part of the keys.</summary>
    public required int Token { get; init; }

    /// <summary>Number of the round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>Number of the attempt at these shards in this round, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Indices of the shards.</summary>
    public required int[] Shards { get; init; }

    /// <summary>Key of the round's parameters.</summary>
    public required string Parameters { get; init; }

    /// <summary>Identifies the run's settings; statistics of another run's leftovers do not carry it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>True when nobody waits for the answer, so that a failure must be left in the store.</summary>
    public bool ReportFailure { get; init; }
}
