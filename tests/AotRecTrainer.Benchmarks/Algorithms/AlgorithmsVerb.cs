using System.Globalization;
using System.Text.RegularExpressions;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Algorithms;

/// <summary>Trains every algorithm with its defaults on several data sets: errors, and time to a good model.</summary>
internal static partial class AlgorithmsVerb
{
    private const int Splits = 5;
    private const int SpeedRuns = 5;

    // The defaults, but for the rounds that a comparison allows.
    private static readonly (string Name, string[] Options)[] Algorithms =
    [
        ("batch-gradient", ["--algorithm", "batch-gradient", "--epochs", "149"]),
        ("als", ["--algorithm", "als", "--epochs", "14"]),
        ("bayesian", ["--algorithm", "bayesian", "--epochs", "100"]),
    ];

    public static void Run(ProgramsOptions options)
    {
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        List<Accuracy> accuracies = [];
        if (options.MovieLens is { } folder) accuracies.AddRange(Measure(tools, workspace, "ml-latest-small", folder, floor: null));
        double floor = Synthesize(tools, workspace["planted.dat"], users: 2000, items: 500, ratings: 500_000, factors: 3);
        accuracies.AddRange(Measure(tools, workspace, "planted, 3 factors", workspace["planted.dat"], floor));
        Synthesize(tools, workspace["large.dat"], users: 6040, items: 3706, ratings: 1_000_209, factors: 8);
        List<Speed> speeds = MeasureSpeed(tools, workspace, workspace["large.dat"]);
        double worker = PeakOfWorker(tools, workspace);
        new AlgorithmsReport(Machine.Current(), accuracies, speeds, worker).Write(options);
    }

    private static double Synthesize(Tools tools, string file, int users, int items, int ratings, int factors)
    {
        string printed = tools.DataPrep(
            "synth", "--users", users.ToString(), "--items", items.ToString(), "--ratings", ratings.ToString(), "--factors", factors.ToString(),
            "--noise", "0.85", "--seed", "7", "--output", file);
        return double.Parse(NoiseFloor().Match(printed).Groups["error"].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static List<Accuracy> Measure(Tools tools, Workspace workspace, string name, string input, double? floor)
    {
        List<Accuracy> accuracies = [];
        for (int split = 1; split <= Splits; split++)
            tools.DataPrep("shard", "--input", input, "--output", workspace[$"split-{split}"], "--seed", split.ToString());
        foreach ((string algorithm, string[] options) in Algorithms)
        {
            Console.Error.WriteLine($"training {algorithm} on {Splits} splits of {name}");
            TrainingOutcome[] outcomes = [.. Enumerable.Range(1, Splits).Select(split =>
                tools.Train(workspace.Folder, workspace[$"split-{split}"], Environment.ProcessorCount, ["--workers", "0", .. options]))];
            accuracies.Add(new Accuracy(name, algorithm, outcomes[0].Rounds + 1, [.. outcomes.Select(outcome => outcome.TestRmse)], floor));
        }

        return accuracies;
    }

    private static List<Speed> MeasureSpeed(Tools tools, Workspace workspace, string input)
    {
        tools.DataPrep("shard", "--input", input, "--output", workspace["large"]);
        List<Speed> speeds = [];
        foreach ((string algorithm, _) in Algorithms)
        {
            Console.Error.WriteLine($"timing {algorithm}");
            speeds.Add(new Speed(algorithm, [.. Enumerable.Range(0, SpeedRuns).Select(_ =>
                tools.Train(workspace.Folder, workspace["large"], threads: 2, "--workers", "0", "--algorithm", algorithm))]));
        }

        return speeds;
    }

    /// <summary>Memory of three workers, a third of the data each; their coordinator is another process, of another function.</summary>
    private static double PeakOfWorker(Tools tools, Workspace workspace) =>
        tools.Train(workspace.Folder, workspace["large"], threads: 1, "--workers", "3", "--algorithm", "batch-gradient").WorkerPeakMegabytes;

    [GeneratedRegex(@"noise floor: RMSE (?<error>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoiseFloor();
}
