namespace AotRecTrainer.Training.Messages;

/// <summary>One line of <c>metrics.jsonl</c>: the errors of the parameters after so many epochs.</summary>
public sealed record EpochMetrics(int Epoch, double TrainRmse, double? TestRmse, double? TestMae, double Milliseconds);
