namespace AotRecTrainer.Training.Messages;

/// <summary>The content of <c>checkpoint.json</c>, written after the objects that it describes.</summary>
public sealed record CheckpointDescription(int Epoch, string Fingerprint, string ParametersSha256, string Parameters, string State);
