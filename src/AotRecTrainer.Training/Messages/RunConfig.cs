using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Messages;

/// <summary>The content of <c>config.json</c>: written once, by whoever begins the run, and all that is needed to go on with it.</summary>
public sealed record RunConfig
{
    /// <summary>What decides the bits of the model.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>How they are computed.</summary>
    public required ExecutionSettings Execution { get; init; }

    /// <summary>The invocation that began the run; its second delivery is known by it.</summary>
    public required string Invocation { get; init; }
}
