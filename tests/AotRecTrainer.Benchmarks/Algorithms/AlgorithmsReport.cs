using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Algorithms;

/// <summary>The figures as a page for people and as JSON for programs.</summary>
internal sealed class AlgorithmsReport(Machine machine, IReadOnlyList<Accuracy> accuracies, IReadOnlyList<Speed> speeds, double workerMegabytes)
{
    public void Write(ProgramsOptions options)
    {
        ResultPage.Write(options.Results, machine, "algorithms.md", Page());
        if (options.Json is { } file) WriteJson(file);
    }

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# Algorithms").AppendLine();
        page.AppendLine(Text($"{machine.Cpu}, {machine.Processors} processors, {machine.System}."));
        page.AppendLine("Native programs, defaults, 10 factors. Written by `scripts/bench.sh algorithms`.").AppendLine();
        page.AppendLine("## Held-out RMSE, a tenth of the ratings held out at random, split seeds 1 to 5").AppendLine();
        page.AppendLine("| data | algorithm | rounds | mean | each split | above the noise floor |");
        page.AppendLine("|---|---|--:|--:|---|--:|");
        foreach (Accuracy a in accuracies)
        {
            string above = a.Floor is { } floor ? Text($"{100 * ((a.Mean / floor) - 1):F1} %") : "";
            page.AppendLine(Text($"| {a.Dataset} | {a.Algorithm} | {a.Rounds} | {a.Mean:F4} | {string.Join(' ', a.Errors.Select(e => Text($"{e:F4}")))} | {above} |"));
        }

        page.AppendLine().AppendLine("## Speed on 1,000,209 synthetic ratings (6,040 users, 3,706 items), one process, 2 threads, medians").AppendLine();
        page.AppendLine("Time counts from the start of the process, on Parquet shards; the model is good when its held-out error is within 1 % of");
        page.AppendLine("the last one.").AppendLine();
        page.AppendLine("| algorithm | held-out RMSE | good after | at epoch | an epoch | all epochs | peak memory |");
        page.AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (Speed s in speeds)
        {
            page.AppendLine(Text(
                $"| {s.Algorithm} | {s.Median(r => r.TestRmse):F4} | {s.Median(r => r.QualitySeconds):F3} s | {s.Runs[0].QualityEpoch} | {Epoch(s):F1} ms | {s.Median(r => r.FunctionSeconds):F2} s | {s.Median(r => r.PeakMegabytes):F0} MB |"));
        }

        page.AppendLine();
        page.AppendLine(Text($"Peak memory of a worker that has a third of these ratings (batch-gradient): {workerMegabytes:F0} MB."));
        return page.ToString();
    }

    private void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("cpu", machine.Cpu);
        json.WriteStartArray("accuracy");
        foreach (Accuracy a in accuracies)
        {
            json.WriteStartObject();
            json.WriteString("dataset", a.Dataset);
            json.WriteString("algorithm", a.Algorithm);
            json.WriteNumber("rounds", a.Rounds);
            json.WriteNumber("testRmseMean", a.Mean);
            json.WriteStartArray("testRmse");
            foreach (double error in a.Errors) json.WriteNumberValue(error);
            json.WriteEndArray();
            if (a.Floor is { } floor) json.WriteNumber("noiseFloor", floor);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("speed");
        foreach (Speed s in speeds)
        {
            json.WriteStartObject();
            json.WriteString("algorithm", s.Algorithm);
            json.WriteNumber("testRmse", s.Median(r => r.TestRmse));
            json.WriteNumber("secondsToQuality", s.Median(r => r.QualitySeconds));
            json.WriteNumber("epochMilliseconds", Epoch(s));
            json.WriteNumber("seconds", s.Median(r => r.FunctionSeconds));
            json.WriteNumber("peakMegabytes", s.Median(r => r.PeakMegabytes));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("workerPeakMegabytes", workerMegabytes);
        json.WriteEndObject();
    }

    private static double Epoch(Speed speed) => speed.Median(run => run.EpochMilliseconds.Order().ElementAt(run.EpochMilliseconds.Length / 2));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
