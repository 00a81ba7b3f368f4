namespace AotRecTrainer.Training.Messages;

/// <summary>The model that early stopping would keep.</summary>
/// <param name="Epoch">Epochs behind it.</param>
/// <param name="Errors">Its errors.</param>
/// <param name="Parameters">Key of its parameters.</param>
public sealed record SavedBest(int Epoch, SavedErrors Errors, string Parameters);
