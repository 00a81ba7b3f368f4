using System.Globalization;
using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>A plan for people, in Markdown that reads well as it is.</summary>
internal static class PlanText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The page.</summary>
    public static IEnumerable<string> Lines(PlanReport plan, Frontier frontier)
    {
        Calibration measured = plan.Calibration;
        yield return $"# Plan: {plan.Algorithm}, {plan.Factors} factors, {plan.Epochs} epochs";
        yield return "";
        yield return $"{plan.Ratings:N0} ratings in {plan.Shards} shards at {plan.Dataset}; {plan.Store} store; Lambda {plan.Architecture}, us-east-1, prices of {plan.Prices}.";
        if (plan.CpuScale != 1) yield return $"CPU shares are {plan.CpuScale} times Lambda's.";
        yield return $"Calibrated with {measured.Runs} {(measured.Runs == 1 ? "run" : "runs")} of {measured.Date} ({measured.Machine}); median error of these {100 * measured.MedianError:F0} %.";
        yield return "";
        yield return "```";
        foreach (string line in PlanChart.Lines(frontier, plan.Recommended)) yield return line;
        yield return "```";
        yield return "";
        yield return "Time against dollars: `o` no other configuration is both faster and cheaper, `X` recommended.";
        yield return "";
        yield return "| workers | memory MB | time | US$ | functions US$ | store US$ | GB-s | start | load | compute | write | wait | reduce | step |";
        yield return "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";
        foreach (Forecast one in frontier.Best) yield return Row(one);
        yield return "";
        yield return "Columns from start on are seconds.";
    }

    /// <summary>What is recommended.</summary>
    public static string Recommendation(Forecast one) =>
        $"recommended: {Who(one)}: {Time(one.Seconds)}, {Dollars(one.CostUsd)}";

    /// <summary>A configuration in words.</summary>
    public static string Who(Forecast one) => one.Workers switch
    {
        0 => $"the coordinator alone with {one.Memory} MB",
        1 => $"1 worker of {one.Memory} MB",
        _ => $"{one.Workers} workers of {one.Memory} MB",
    };

    /// <summary>A time as people say it.</summary>
    public static string Time(double seconds) => seconds < 120
        ? string.Create(Invariant, $"{seconds:0.0} s")
        : string.Create(Invariant, $"{seconds / 60:0.0} min");

    /// <summary>Dollars, small ones with as many digits as they need.</summary>
    public static string Dollars(double dollars) => "$" + dollars.ToString(dollars < 0.1 ? "0.00000" : "0.00", Invariant);

    private static string Row(Forecast one)
    {
        string parts = string.Join(" | ", one.Parts.Values.Select(seconds => seconds.ToString("0.0", Invariant)));
        return string.Create(
            Invariant,
            $"| {one.Workers} | {one.Memory} | {Time(one.Seconds)} | {one.CostUsd:0.00000} | {one.FunctionsUsd:0.00000} | {one.StoreUsd:0.00000} | {one.GbSeconds:0.0} | {parts} |");
    }
}
