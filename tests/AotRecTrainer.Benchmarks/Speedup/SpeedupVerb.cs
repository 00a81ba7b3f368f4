using System.Globalization;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Speedup;

/// <summary>How much faster more workers are, every worker with the same share of one CPU, and where the rest goes.</summary>
internal static class SpeedupVerb
{
    // Of one CPU, which five workers share and fill but for a little.
    private const double CpuScale = 0.19;

    // So that one, three and five workers have equally many each.
    private const int Shards = 15;

    public static void Run(ProgramsOptions options)
    {
        using Workspace workspace = new();
        List<SpeedupRun[]> measured = [];
        string isolation = "";
        foreach (SpeedupSetting setting in SpeedupSetting.All)
        {
            Console.Error.WriteLine($"{setting.Algorithm}, {setting.Name}");
            Make(setting, new Tools(options.Programs), workspace);
            string folder = workspace[$"{setting.Name}-{setting.Algorithm}"];
            Tools.Run(Path.Combine(options.Programs, "aotrec"), Sweep(setting, workspace[setting.Name], folder), []);
            JsonElement sweep = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "sweep.json")));
            isolation = sweep.GetProperty("isolation").GetString()!;
            measured.Add([.. sweep.GetProperty("rows").EnumerateArray().Select(row => SpeedupRun.Read(setting, row, folder))]);
        }

        new SpeedupReport(Machine.Current(), CpuScale, Shards, isolation, measured).Write(options);
    }

    private static void Make(SpeedupSetting setting, Tools tools, Workspace workspace)
    {
        if (Directory.Exists(workspace[setting.Name])) return;
        string ratings = workspace["ratings.dat"];
        tools.DataPrep(
            "synth", "--users", $"{setting.Users}", "--items", $"{setting.Items}", "--ratings", $"{SpeedupSetting.Ratings}", "--output", ratings);
        tools.DataPrep("shard", "--input", ratings, "--output", workspace[setting.Name], "--shards", $"{Shards}");
        File.Delete(ratings);
    }

    private static string[] Sweep(SpeedupSetting setting, string dataset, string folder) =>
    [
        "sweep", "--dataset", dataset, "--output", folder, "--algorithm", setting.Algorithm, "--workers", "1,3,5", "--factors",
        $"{SpeedupSetting.Factors}", "--epochs", $"{setting.Epochs}", "--cpu-scale", CpuScale.ToString(CultureInfo.InvariantCulture), .. Pin(),
    ];

    // With one processor there is no other for the coordinator.
    private static string[] Pin() => Environment.ProcessorCount > 1 ? ["--pin-to-cpu", "1"] : [];
}
