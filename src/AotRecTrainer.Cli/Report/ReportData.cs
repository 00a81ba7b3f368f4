namespace AotRecTrainer.Cli.Report;

/// <summary>What the page's script reads.</summary>
/// <param name="Runs">The runs, in the order of the command line.</param>
internal sealed record ReportData(ReportedRun[] Runs);
