using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Runs;

/// <summary>A checkpoint in memory. Shares no array with the training, which goes on while it is written.</summary>
/// <param name="Description">Everything but arrays; keys and digest are filled in when it is written.</param>
/// <param name="Parameters">The model.</param>
/// <param name="State">What the algorithm remembers beside it.</param>
/// <param name="Best">The best model so far, where early stopping keeps one.</param>
internal sealed record TrainingCheckpoint(
    CheckpointDescription Description, ModelParameters Parameters, IReadOnlyDictionary<string, float[]> State, ModelParameters? Best);
