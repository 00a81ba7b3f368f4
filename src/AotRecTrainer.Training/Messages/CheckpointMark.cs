namespace AotRecTrainer.Training.Messages;

/// <summary>A checkpoint, as the lease points at it.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Round">Rounds done.</param>
/// <param name="Key">Key of its description.</param>
public sealed record CheckpointMark(int Epoch, int Round, string Key);
