namespace AotRecTrainer.Training.Messages;

/// <summary>One line of <c>metrics.jsonl</c>: the errors of the parameters after so many epochs.</summary>
/// <param name="Epoch">Epochs behind the parameters.</param>
/// <param name="TrainRmse">Error on the training ratings.</param>
/// <param name="TestRmse">Error on the held-out ratings; null when none are held out.</param>
/// <param name="TestMae">Mean absolute error on the held-out ratings; null when none are held out.</param>
/// <param name="Milliseconds">Time of the epoch that measured them.</param>
/// <param name="ElapsedMilliseconds">Time since the run began, when that epoch was over.</param>
/// <param name="WorkerMilliseconds">Time that the slowest worker computed in each of its rounds, added up; 0 without workers.</param>
/// <param name="Parts">Where the time went; null in metrics of an earlier version.</param>
/// <param name="Workers">Where the time of every worker went, of many the slowest; null in metrics of an earlier version.</param>
public sealed record EpochMetrics(
    int Epoch, double TrainRmse, double? TestRmse, double? TestMae, double Milliseconds, double ElapsedMilliseconds,
    double WorkerMilliseconds, EpochParts? Parts = null, WorkerTime[]? Workers = null);
