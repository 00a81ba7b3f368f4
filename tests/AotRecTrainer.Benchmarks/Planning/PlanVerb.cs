using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>Forecasts of <c>aotrec plan</c> against trainings that it was not calibrated with.</summary>
internal static class PlanVerb
{
    private const int Repetitions = 3;

    public static void Run(ProgramsOptions options)
    {
        using Workspace workspace = new();
        Trainings trainings = new(options, workspace);
        trainings.MakeData();
        List<string> runs = [];
        foreach (Cell cell in Cell.Calibrating)
        {
            Console.Error.WriteLine($"calibrating: {cell}");
            runs.Add(trainings.Run(cell));
        }

        string calibration = trainings.Calibrate(runs);
        List<Comparison> comparisons = [];
        foreach (Cell cell in Cell.Forecast)
        {
            Console.Error.WriteLine($"forecast: {cell}");
            Outcome[] measured = [.. Enumerable.Range(0, Repetitions).Select(_ => Outcome.OfRun(trainings.Run(cell))).OrderBy(run => run.Seconds)];
            comparisons.Add(new Comparison(cell, trainings.Forecast(cell, calibration), measured[Repetitions / 2]));
        }

        if (options.Calibration is { } saved) File.Copy(calibration, saved, overwrite: true);
        double own = JsonElement.Parse(File.ReadAllBytes(calibration)).GetProperty("medianError").GetDouble();
        new PlanPage(Machine.Current(), comparisons, own).Write(options);
    }
}
