namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What a finished run took.</summary>
/// <param name="Work">What it had to do.</param>
/// <param name="Setting">What it was given.</param>
/// <param name="Milliseconds">The whole time.</param>
/// <param name="Parts">The time of parts, as far as it is known.</param>
internal sealed record Observation(Work Work, Setting Setting, double Milliseconds, IReadOnlyDictionary<Part, double> Parts);
