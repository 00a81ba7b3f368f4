namespace AotRecTrainer.Training.Messages;

/// <summary>What the workers of a run cost so far; a checkpoint keeps it, so that a run that goes on later has an honest bill.</summary>
/// <param name="ColdStarts">Worker processes that were started.</param>
/// <param name="Milliseconds">Time inside the workers' handlers.</param>
/// <param name="Puts">The workers' PUT requests.</param>
/// <param name="Gets">The workers' GET requests.</param>
/// <param name="Invocations">Invocations of workers, repeated and doubled ones among them.</param>
/// <param name="Retries">Invocations that were made because another one had failed or stayed away too long.</param>
/// <param name="Doubled">Of the retries, those made beside a slow one that might still answer.</param>
public readonly record struct WorkTotals(int ColdStarts, double Milliseconds, long Puts, long Gets, long Invocations, int Retries, int Doubled);
