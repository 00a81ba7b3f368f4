using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>As many ratings, users and items as MovieLens-32M, made up, sharded and trained for an epoch: how long, and in how much memory.</summary>
internal static class LargeVerb
{
    private const string Ratings = "32000204";
    private const string Users = "200948";
    private const string Items = "87585";
    private const double MegabytesMax = 1000;

    public static void Run(ProgramsOptions options)
    {
        using Workspace workspace = new();
        Tools tools = new(options.Programs);
        string dataPrep = Path.Combine(options.Programs, "data-prep");
        List<LargeStep> steps =
        [
            Step("synth", () => MeasuredRun.Of(
                dataPrep, "synth", "--ratings", Ratings, "--users", Users, "--items", Items, "--output", workspace["ratings.dat"])),
            Step("shard", () => MeasuredRun.Of(dataPrep, "shard", "--input", workspace["ratings.dat"], "--output", workspace["dataset"])),
        ];
        File.Delete(workspace["ratings.dat"]);
        steps.Add(Step("train, in the coordinator", () =>
        {
            TrainingOutcome outcome = Train(tools, workspace, Environment.ProcessorCount, "0");
            return new MeasuredRun(outcome.TotalSeconds, outcome.PeakMegabytes);
        }));
        TrainingOutcome shared = Train(tools, workspace, threads: 1, "3");
        steps.Add(new LargeStep("train, 3 workers: a worker", shared.TotalSeconds, shared.WorkerPeakMegabytes));
        steps.Add(new LargeStep("train, 3 workers: the coordinator", shared.TotalSeconds, shared.PeakMegabytes));
        Write(options, steps);
        if (steps.Find(step => step.PeakMegabytes >= MegabytesMax) is { } large)
            throw new InvalidOperationException($"{large.Name} had {large.PeakMegabytes:F0} MB, expected less than {MegabytesMax:F0}");
    }

    private static TrainingOutcome Train(Tools tools, Workspace workspace, int threads, string workers) => tools.Train(
        workspace.Folder, workspace["dataset"], threads, "--workers", workers, "--epochs", "1", "--factors", "10");

    private static LargeStep Step(string name, Func<MeasuredRun> run)
    {
        Console.Error.WriteLine(name);
        MeasuredRun measured = run();
        return new LargeStep(name, measured.Seconds, measured.PeakMegabytes);
    }

    private static void Write(ProgramsOptions options, List<LargeStep> steps)
    {
        Machine machine = Machine.Current();
        StringBuilder page = new();
        page.AppendLine("# 32 million ratings").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine("32,000,204 synthetic ratings by 200,948 users of 87,585 items (MovieLens-32M's counts); one epoch of batch gradient descent");
        page.AppendLine("with 10 factors. Times are those of whole commands, memory is the most that one process had; written by");
        page.AppendLine("`scripts/bench.sh large`, which fails when a process had a gigabyte or more.").AppendLine();
        page.AppendLine("| step | seconds | peak memory, MB |").AppendLine("|---|--:|--:|");
        foreach (LargeStep step in steps)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {step.Name} | {step.Seconds:F1} | {step.PeakMegabytes:F0} |");
        ResultPage.Write(options.Results, machine, "large.md", page.ToString());
        if (options.Json is { } file) WriteJson(file, steps);
    }

    private static void WriteJson(string path, List<LargeStep> steps)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (LargeStep step in steps)
        {
            json.WriteStartObject();
            json.WriteString("step", step.Name);
            json.WriteNumber("seconds", step.Seconds);
            json.WriteNumber("peakMegabytes", step.PeakMegabytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
