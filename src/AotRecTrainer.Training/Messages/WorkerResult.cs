namespace AotRecTrainer.Training.Messages;

/// <summary>What a worker did.</summary>
public sealed record WorkerResult
{
    /// <summary>Always <c>worker</c>.</summary>
    public string Role { get; init; } = "worker";

    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Number of the round.</summary>
    public required int Round { get; init; }

    /// <summary>Shards whose statistics were stored.</summary>
    public required int[] Shards { get; init; }

    /// <summary>Training ratings that went into them.</summary>
    public required long Ratings { get; init; }

    /// <summary>Time taken inside the handler.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>True in the first invocation of a process.</summary>
    public required bool ColdStart { get; init; }

    /// <summary>Process id, to tell workers apart in logs.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Name of the gradient kernel used.</summary>
    public required string Kernel { get; init; }
}
