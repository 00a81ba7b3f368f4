namespace AotRecTrainer.Cli.Sweep;

/// <summary>The content of <c>sweep.json</c>.</summary>
/// <param name="CpuScale">What CPU shares were multiplied by.</param>
/// <param name="Isolation">How CPU and memory were limited, in words.</param>
/// <param name="Rows">The figures, in the order of the sweep.</param>
public sealed record SweepReport(double CpuScale, string Isolation, IReadOnlyList<SweepRow> Rows);
