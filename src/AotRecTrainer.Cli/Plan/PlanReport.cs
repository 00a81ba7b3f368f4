using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>What a plan says, for programs: the content of the file of <c>--json</c>.</summary>
internal sealed record PlanReport
{
    /// <summary>Location of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Ratings that are trained on.</summary>
    public required long Ratings { get; init; }

    /// <summary>Shards, the most workers that are of use.</summary>
    public required int Shards { get; init; }

    /// <summary>Name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Length of the factor vectors.</summary>
    public required int Factors { get; init; }

    /// <summary>Epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Kind of store.</summary>
    public required string Store { get; init; }

    /// <summary>Processor of the functions, as Lambda names it.</summary>
    public required string Architecture { get; init; }

    /// <summary>What CPU shares are multiplied by.</summary>
    public required double CpuScale { get; init; }

    /// <summary>When the prices were looked up.</summary>
    public required string Prices { get; init; }

    /// <summary>What the forecast rests on.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>All configurations, the fastest first.</summary>
    public required IReadOnlyList<Forecast> Configurations { get; init; }

    /// <summary>Those that no other beats in both time and money.</summary>
    public required IReadOnlyList<Forecast> Frontier { get; init; }

    /// <summary>The one that is recommended; null when nothing was asked for, or when none does it.</summary>
    public Forecast? Recommended { get; init; }
}
