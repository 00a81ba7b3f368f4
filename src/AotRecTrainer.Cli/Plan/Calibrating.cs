using AotRecTrainer.Cli.Plan.Model;

namespace AotRecTrainer.Cli.Plan;

/// <summary>Finds the calibration that a plan rests on.</summary>
internal static class Calibrating
{
    /// <summary>The calibration of a file or of the program, refitted to the runs that are named.</summary>
    public static async Task<Calibration> ReadAsync(PlanRequest asked, CancellationToken cancellationToken)
    {
        Calibration before = asked.Calibration is { } file ? CalibrationFile.Read(file) : CalibrationFile.ReadShipped();
        if (asked.Runs.Count == 0) return before;
        List<CalibrationRun> runs = [];
        foreach (string run in asked.Runs) runs.Add(await CalibrationRun.ReadAsync(run, asked.CpuScale, cancellationToken));
        string[] kinds = [.. runs.Select(run => run.Store.Name).Distinct()];
        if (kinds.Length > 1)
            throw new CliException($"the runs used stores of several kinds ({string.Join(", ", kinds)}), expected one", ExitCode.WrongInput);
        Observation[] observations = [.. runs.Select(run => run.Observation)];
        double[] found = CalibrationFit.Fit(observations, asked.IsFromScratch ? null : before.Coefficients());
        return new Calibration
        {
            Date = DateTime.UtcNow.ToString("yyyy-MM-dd"),
            Machine = string.Join("; ", runs.Select(run => run.Machine).Distinct()),
            Store = kinds[0],
            Runs = runs.Count,
            MedianError = CalibrationFit.MedianError(observations, found),
            Terms = new(CostTerms.All.Select((term, i) => (term.Name, Value: found[i])).ToDictionary(term => term.Name, term => term.Value)),
        };
    }
}
