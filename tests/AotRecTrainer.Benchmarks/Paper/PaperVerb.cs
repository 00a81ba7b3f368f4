using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Paper;

/// <summary>The paper's own program (PyTorch, full batch, 3 factors, 100 epochs) beside ours with the same settings, taking turns.</summary>
internal static class PaperVerb
{
    private const int Rounds = 3;
    private const string Epochs = "100";

    public static void Run(ProgramsOptions options)
    {
        string script = options.Script ?? throw new ArgumentException("--script is needed: the paper's program");
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        tools.DataPrep("synth", "--output", workspace["ratings.dat"]);
        tools.DataPrep("shard", "--input", workspace["ratings.dat"], "--output", workspace["dataset"], "--holdout", "0");
        List<PaperFigures> theirs = [], ours = [];
        for (int round = 1; round <= Rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {Rounds}");
            theirs.Add(PaperFigures.FromProgram(
                Tools.Run("/usr/bin/python3", [script, "--ratings", workspace["ratings.dat"], "--epochs", Epochs], [])));
            ours.Add(Train(tools, workspace));
        }

        Write(options, PaperFigures.Median(theirs), PaperFigures.Median(ours));
    }

    private static PaperFigures Train(Tools tools, Workspace workspace)
    {
        TrainingOutcome outcome = tools.Train(
            workspace.Folder, workspace["dataset"], threads: 1, "--workers", "0", "--preset", "paper", "--epochs", Epochs);
        double[] epochs = [.. outcome.EpochMilliseconds.Order()];
        return new PaperFigures(epochs[epochs.Length / 2], epochs[0], outcome.PeakMegabytes, outcome.FunctionSeconds);
    }

    private static void Write(ProgramsOptions options, PaperFigures theirs, PaperFigures ours)
    {
        Machine machine = Machine.Current();
        StringBuilder page = new();
        page.AppendLine("# The paper's program and ours").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine("1,000,209 synthetic ratings, 3 factors, 100 epochs of full-batch gradient descent, one thread each. Theirs reads text, ours");
        page.AppendLine("the Parquet shards made of it. Medians of three runs in turns; written by `scripts/bench.sh paper`.").AppendLine();
        page.AppendLine("| | PyTorch | AotRecTrainer | ratio |").AppendLine("|---|--:|--:|--:|");
        Row(page, "an epoch, ms", theirs.EpochMilliseconds, ours.EpochMilliseconds);
        Row(page, "the shortest epoch, ms", theirs.EpochMillisecondsBest, ours.EpochMillisecondsBest);
        Row(page, "peak memory, MB", theirs.PeakMegabytes, ours.PeakMegabytes);
        Row(page, "start, read and train, s", theirs.TotalSeconds, ours.TotalSeconds);
        ResultPage.Write(options.Results, machine, "paper.md", page.ToString());
        if (options.Json is { } file) WriteJson(file, theirs, ours);
    }

    private static void Row(StringBuilder page, string name, double theirs, double ours) =>
        page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {theirs:F2} | {ours:F2} | {theirs / ours:F1} |");

    private static void WriteJson(string path, PaperFigures theirs, PaperFigures ours)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        foreach ((string name, PaperFigures figures) in new[] { ("pytorch", theirs), ("aotrec", ours) })
        {
            json.WriteStartObject(name);
            json.WriteNumber("epochMilliseconds", figures.EpochMilliseconds);
            json.WriteNumber("epochMillisecondsBest", figures.EpochMillisecondsBest);
            json.WriteNumber("peakMegabytes", figures.PeakMegabytes);
            json.WriteNumber("totalSeconds", figures.TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
