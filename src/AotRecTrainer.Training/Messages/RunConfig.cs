using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Messages;

/// <summary>
/// The content of <c>config.json</c>: the settings, and beside them all that is needed to go on with the run. Written once, by whoever
/// begins it.
/// </summary>
public sealed record RunConfig : TrainingSettings
{
    /// <summary>For readers of JSON.</summary>
    [JsonConstructor]
    public RunConfig()
    {
    }

    /// <summary>The records of a run.</summary>
    /// <param name="settings">What decides the bits of the model.</param>
    /// <param name="execution">How they are computed.</param>
    /// <param name="invocation">The invocation that begins the run.</param>
    /// <param name="manifest">SHA-256 of the data set's manifest.</param>
    [SetsRequiredMembers]
    public RunConfig(TrainingSettings settings, ExecutionSettings execution, string invocation, string manifest)
        : base(settings)
    {
        Execution = execution;
        Invocation = invocation;
        Manifest = manifest;
    }

    /// <summary>How the model is computed.</summary>
    public required ExecutionSettings Execution { get; init; }

    /// <summary>The invocation that began the run; its second delivery is known by it.</summary>
    public required string Invocation { get; init; }

    /// <summary>SHA-256 of the data set's manifest: what is trained on, whatever stands at its location later.</summary>
    public required string Manifest { get; init; }
}
