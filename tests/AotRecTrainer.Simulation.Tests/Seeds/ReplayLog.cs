using AotRecTrainer.Simulation.Tests.Scenarios;

namespace AotRecTrainer.Simulation.Tests.Seeds;

/// <summary>The event log of a replayed seed, as a file for a reader.</summary>
internal static class ReplayLog
{
    /// <summary>Writes it below the checkout's <c>artifacts</c>; returns where.</summary>
    public static string Write(Scenario scenario, Verdict verdict)
    {
        string folder = Path.Combine(FindRoot(), "artifacts", "simulation");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"seed-{verdict.Seed}.log");
        File.WriteAllLines(path, [$"{scenario.Event}", $"{scenario.Faults}", "", .. verdict.Log, "", verdict.IsGood ? "all is well" : verdict.ToString()]);
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AotRecTrainer.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no AotRecTrainer.sln in or above {AppContext.BaseDirectory}");
    }
}
