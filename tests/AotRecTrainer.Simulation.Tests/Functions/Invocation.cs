using AotRecTrainer.Simulation.Tests.Worlds;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Simulation.Tests.Functions;

/// <summary>One run of a function, from its start to its end.</summary>
internal sealed class Invocation
{
    /// <summary>The request's id; the same one when an event is delivered again.</summary>
    public required string Id { get; init; }

    public required SimulatedProcess Process { get; init; }

    /// <summary>What a worker was asked; null for a coordinator.</summary>
    public required WorkerEvent? Worker { get; init; }

    /// <summary>The answer of a coordinator that did not fail.</summary>
    public CoordinatorResult? Result { get; set; }

    /// <summary>What a function that failed said; also of one that never got to say it.</summary>
    public FunctionFailure? Failure { get; set; }

    /// <summary>Keys of its requests to the store that failed.</summary>
    public HashSet<string> TroubledKeys { get; } = new(StringComparer.Ordinal);

    public bool IsCoordinator => Worker is null;
}
