namespace AotRecTrainer.Training;

/// <summary>What was asked for cannot be run: the event, the data set or the run's name is wrong. Trying again does not help.</summary>
public sealed class TrainingInputException(string message, Exception? inner = null) : Exception(message, inner);
