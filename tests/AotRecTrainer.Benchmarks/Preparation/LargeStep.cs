namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>One step of the way from made-up ratings to a model.</summary>
/// <param name="Name">What was done, and by whom.</param>
/// <param name="Seconds">Time of the whole command.</param>
/// <param name="PeakMegabytes">The most memory of one process.</param>
internal sealed record LargeStep(string Name, double Seconds, double PeakMegabytes);
