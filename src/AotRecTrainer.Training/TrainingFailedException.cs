namespace AotRecTrainer.Training;

/// <summary>A run could not be brought to its end: workers kept failing, or the model diverged.</summary>
public sealed class TrainingFailedException(string message, Exception? inner = null) : Exception(message, inner);
