using System.Text.Json;

namespace AotRecTrainer.Cli.Report;

/// <summary>One run in a report's data.</summary>
internal sealed record ReportedRun
{
    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Location of its folder.</summary>
    public required string Location { get; init; }

    /// <summary>The content of <c>config.json</c>.</summary>
    public required JsonElement? Config { get; init; }

    /// <summary>The content of <c>status.json</c>; null when there is none yet.</summary>
    public required JsonElement? Status { get; init; }

    /// <summary>The content of <c>result.json</c>; null until the run is complete.</summary>
    public required JsonElement? Result { get; init; }

    /// <summary>The lines of <c>metrics.jsonl</c>.</summary>
    public required JsonElement[] Metrics { get; init; }

    /// <summary>Facts of the data set; null when it cannot be read any more.</summary>
    public required ReportedDataset? Dataset { get; init; }
}
