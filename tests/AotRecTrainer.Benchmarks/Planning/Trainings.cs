using AotRecTrainer.Benchmarks.Programs;

namespace AotRecTrainer.Benchmarks.Planning;

/// <summary>Runs trainings behind a stand-in with small CPU shares, as <c>aotrec sweep</c> does, and forecasts them with <c>aotrec plan</c>.</summary>
internal sealed class Trainings(ProgramsOptions options, Workspace workspace)
{
    /// <summary>What shares are multiplied by, so that five functions of 2,654 MB fit two processors.</summary>
    public const string CpuScale = "0.25";

    /// <summary>Epochs of a training.</summary>
    public const int Epochs = 8;

    private static readonly Dictionary<string, (int Users, int Items, int Ratings)> Sizes = new(StringComparer.Ordinal)
    {
        ["200k"] = (3000, 2000, 200_000),
        ["500k"] = (4500, 2800, 500_000),
        ["1m"] = (6040, 3706, 1_000_209),
        ["2m"] = (12_000, 6000, 2_000_000),
    };

    private readonly string _aotrec = Path.Combine(options.Programs, "aotrec");
    private int _runs;

    /// <summary>Makes the data sets up.</summary>
    public void MakeData()
    {
        Tools tools = new(options.Programs);
        foreach ((string name, (int users, int items, int ratings)) in Sizes)
        {
            string text = workspace[name + ".dat"];
            tools.DataPrep("synth", "--users", $"{users}", "--items", $"{items}", "--ratings", $"{ratings}", "--output", text);
            tools.DataPrep("shard", "--input", text, "--output", workspace[name]);
            File.Delete(text);
        }
    }

    /// <summary>Trains once, with processes that start cold; returns the run's folder.</summary>
    public string Run(Cell cell)
    {
        string output = workspace[$"sweep-{_runs++}"];
        Tools.Run(_aotrec, ["sweep", .. Arguments(cell), "--output", output], []);
        return Directory.GetDirectories(Path.Combine(output, "runs")).Single();
    }

    /// <summary>Calibrates with runs; returns the file.</summary>
    public string Calibrate(IEnumerable<string> runs)
    {
        string file = workspace["calibration.json"];
        Tools.Run(
            _aotrec,
            ["plan", "--dataset", workspace["1m"], "--cpu-scale", CpuScale, "--from-scratch", "--save-calibration", file, "--calibrate", .. runs], []);
        return file;
    }

    /// <summary>Forecasts a training.</summary>
    public Outcome Forecast(Cell cell, string calibration)
    {
        string file = workspace["plan.json"];
        Tools.Run(_aotrec, ["plan", .. Arguments(cell), "--checkpoint-every", "0", "--calibration", calibration, "--json", file], []);
        return Outcome.OfPlan(file);
    }

    private string[] Arguments(Cell cell) =>
    [
        "--dataset", workspace[cell.Data], "--algorithm", cell.Algorithm, "--workers", $"{cell.Workers}", "--memory", $"{cell.Memory}",
        "--factors", $"{cell.Factors}", "--epochs", $"{Epochs}", "--cpu-scale", CpuScale,
    ];
}
