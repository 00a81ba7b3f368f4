using System.Runtime.InteropServices;
using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>What the command line asks a plan for.</summary>
internal sealed record PlanRequest
{
    /// <summary>Location of the data set, absolute.</summary>
    public required string Dataset { get; init; }

    /// <summary>Name of the algorithm; null for the default.</summary>
    public required string? Algorithm { get; init; }

    /// <summary>Length of the factor vectors; null for the default.</summary>
    public required int? Factors { get; init; }

    /// <summary>Epochs; null for the algorithm's.</summary>
    public required int? Epochs { get; init; }

    /// <summary>Epochs between checkpoints; null for the default.</summary>
    public required int? CheckpointEvery { get; init; }

    /// <summary>Numbers of workers to think of.</summary>
    public required IReadOnlyList<int> Workers { get; init; }

    /// <summary>Memory sizes to think of, in MB.</summary>
    public required IReadOnlyList<int> Memories { get; init; }

    /// <summary>The processor that functions are to have.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The store that they are to use.</summary>
    public required StoreKind Store { get; init; }

    /// <summary>What CPU shares are multiplied by, of runs and forecast alike.</summary>
    public required double CpuScale { get; init; }

    /// <summary>The time that is wanted; null for none.</summary>
    public required double? TargetMinutes { get; init; }

    /// <summary>The money that there is; null for none.</summary>
    public required double? BudgetUsd { get; init; }

    /// <summary>Locations of runs to calibrate with, absolute.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Whether the runs alone decide, and no calibration before them.</summary>
    public required bool IsFromScratch { get; init; }

    /// <summary>File of a calibration; null for the program's own.</summary>
    public required string? Calibration { get; init; }

    /// <summary>File for the calibration that was used; null writes none.</summary>
    public required string? Save { get; init; }

    /// <summary>File for the plan as JSON; null writes none.</summary>
    public required string? Json { get; init; }

    /// <summary>Whether one configuration is asked for.</summary>
    public bool HasGoal => TargetMinutes is not null || BudgetUsd is not null;

    /// <summary>The configuration that does it: the cheapest in time, the fastest for the money; null when none does.</summary>
    public Forecast? Recommend(Frontier frontier) => TargetMinutes is { } minutes ? frontier.CheapestWithin(60 * minutes)
        : BudgetUsd is { } dollars ? frontier.FastestFor(dollars)
        : null;

    /// <summary>Says that no configuration does it, and how near one comes.</summary>
    public string Unreachable(Frontier frontier)
    {
        Forecast fastest = frontier.Best[0], cheapest = frontier.Best[^1];
        return TargetMinutes is { } minutes
            ? $"no configuration trains within {PlanText.Time(60 * minutes)}: the fastest, {Describe(fastest)}"
            : $"no configuration trains for {PlanText.Dollars(BudgetUsd ?? 0)}: the cheapest, {Describe(cheapest)}";
    }

    private static string Describe(Forecast one) =>
        $"{PlanText.Who(one)}, takes {PlanText.Time(one.Seconds)} and costs {PlanText.Dollars(one.CostUsd)}";
}
