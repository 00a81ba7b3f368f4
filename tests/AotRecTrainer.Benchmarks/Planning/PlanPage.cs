using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>The page, and the figures as JSON.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="comparisons">Forecasts and what they were like.</param>
/// <param name="ownError">Median error of the calibrating runs themselves.</param>
internal sealed class PlanPage(Machine machine, IReadOnlyList<Comparison> comparisons, double ownError)
{
    private double MedianTime => Comparison.Median(comparisons.Select(one => one.TimeError));

    private double MedianCost => Comparison.Median(comparisons.Select(one => one.CostError));

    public void Write(ProgramsOptions options)
    {
        ResultPage.Write(options.Results, machine, "plan.md", Page());
        if (options.Json is not { } file) return;
        using FileStream stream = File.Create(file);
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("configurations", comparisons.Count);
        json.WriteNumber("medianTimeError", MedianTime);
        json.WriteNumber("medianCostError", MedianCost);
        json.WriteNumber("calibratingMedianError", ownError);
        json.WriteEndObject();
    }

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# Forecasts of `aotrec plan`").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"{Trainings.Epochs} epochs on synthetic data behind the local stand-in, with {Trainings.CpuScale} of Lambda's CPU shares, so that they fit the");
        page.AppendLine(CultureInfo.InvariantCulture, $"machine; every process starts cold. Calibrated with {Cell.Calibrating.Length} other trainings, whose own median error is {Percent(ownError)}. Measured is the");
        page.AppendLine("median of three. Written by `scripts/bench.sh plan`.").AppendLine();
        page.AppendLine("| ratings | algorithm | factors | workers | memory MB | forecast s | measured s | error | forecast US$ | measured US$ | error |");
        page.AppendLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (Comparison one in comparisons)
        {
            Cell cell = one.Cell;
            page.Append(CultureInfo.InvariantCulture, $"| {cell.Data} | {cell.Algorithm} | {cell.Factors} | {cell.Workers} | {cell.Memory} ");
            page.Append(CultureInfo.InvariantCulture, $"| {one.Forecast.Seconds:F2} | {one.Measured.Seconds:F2} | {Signed(one.TimeError)} ");
            page.AppendLine(CultureInfo.InvariantCulture, $"| {one.Forecast.CostUsd:F6} | {one.Measured.CostUsd:F6} | {Signed(one.CostError)} |");
        }

        double worst = comparisons.Max(one => Math.Abs(one.TimeError));
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Median error of the time {Percent(MedianTime)}, worst {Percent(worst)}; median error of the price {Percent(MedianCost)}.");
        return page.ToString();
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    private static string Signed(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:+0;-0;0} %");
}
