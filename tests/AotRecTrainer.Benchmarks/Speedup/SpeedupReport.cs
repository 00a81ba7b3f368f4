using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Speedup;

/// <summary>The page, and the figures as JSON.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="cpuScale">Share of a CPU that every function had.</param>
/// <param name="shards">Shards of the data set.</param>
/// <param name="isolation">How functions were limited, in words.</param>
/// <param name="measured">What was measured: of every setting one worker first, then more.</param>
internal sealed class SpeedupReport(Machine machine, double cpuScale, int shards, string isolation, IReadOnlyList<SpeedupRun[]> measured)
{
    public void Write(ProgramsOptions options)
    {
        ResultPage.Write(options.Results, machine, "speedup.md", Page());
        if (options.Json is { } file) WriteJson(file);
    }

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# Speed-up").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"{SpeedupSetting.Ratings:N0} synthetic ratings in {shards} shards, {SpeedupSetting.Factors} factors, functions of 1,769 MB behind the local");
        page.AppendLine(CultureInfo.InvariantCulture, $"stand-in. Every function, the coordinator too, has {cpuScale:0.##} of a CPU, whatever the number of workers.");
        page.AppendLine(CultureInfo.InvariantCulture, $"Limits: {isolation}. Written by `scripts/bench.sh speedup`.").AppendLine();
        page.AppendLine("A share is given out in periods of 20 ms, as Lambda does it: with the kernel's usual 100 ms a worker would sleep for longer than");
        page.AppendLine("many of its rounds last. The paper had 2.07 with 3 workers and 2.10 with 5, of whole runs.").AppendLine();
        page.AppendLine("The whole run has cold starts, the decoding of shards and the saved model in it. Whichever process gets a worker's invocation decodes the");
        page.AppendLine("shards that it has not met before, and keeps them; nobody promises which process that is, and until every one has met all of them some");
        page.AppendLine("epoch or other has `load` in it. A late epoch is the median of the second half of the epochs, when that is mostly over.");
        page.AppendLine().AppendLine("Shares are equal on paper; where computing shrinks by more than the number of workers, caches or the way in which the kernel grants");
        page.AppendLine("shares have helped. The speed-up in brackets leaves that out: computing is that of one worker, divided by the number of workers.");
        foreach (SpeedupRun[] runs in measured) Section(page, runs);
        return page.ToString();
    }

    private static void Section(StringBuilder page, SpeedupRun[] runs)
    {
        SpeedupRun one = runs[0];
        SpeedupSetting setting = one.Setting;
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {setting.Algorithm}, {setting.Users:N0} users and {setting.Items:N0} items, {setting.Epochs} epochs").AppendLine();
        page.AppendLine("| workers | whole run, s | speed-up | first epoch, ms | a late epoch, ms | speed-up | model |");
        page.AppendLine("|--:|--:|--:|--:|--:|--:|---|");
        foreach (SpeedupRun run in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {run.Workers} | {run.Seconds:F1} | {one.Seconds / run.Seconds:F2} | {run.First.Milliseconds:F0} ");
            page.AppendLine(CultureInfo.InvariantCulture, $"| {run.Epoch:F0} | {one.Epoch / run.Epoch:F2} ({one.Epoch / run.EvenEpoch(one):F2}) | {run.Digest[..12]} |");
        }

        page.AppendLine().AppendLine("Where a late epoch goes, in milliseconds, along the worker that was last; medians of each part:").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"| workers | {string.Join(" | ", EpochTime.Names)} | between rounds |");
        page.AppendLine(CultureInfo.InvariantCulture, $"|--:|{string.Concat(EpochTime.Names.Select(_ => "--:|"))}--:|");
        foreach (SpeedupRun run in runs)
        {
            string[] parts = [.. EpochTime.Names.Select(name => run.Median(epoch => epoch.Parts[name]).ToString("F1", CultureInfo.InvariantCulture))];
            page.AppendLine(CultureInfo.InvariantCulture, $"| {run.Workers} | {string.Join(" | ", parts)} | {run.Median(epoch => epoch.Between):F1} |");
        }
    }

    private void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (SpeedupRun run in measured.SelectMany(runs => runs))
        {
            json.WriteStartObject();
            json.WriteString("data", run.Setting.Name);
            json.WriteString("algorithm", run.Setting.Algorithm);
            json.WriteNumber("workers", run.Workers);
            json.WriteNumber("seconds", run.Seconds);
            json.WriteNumber("firstEpochMilliseconds", run.First.Milliseconds);
            json.WriteNumber("epochMilliseconds", run.Epoch);
            json.WriteStartObject("parts");
            foreach (string name in EpochTime.Names) json.WriteNumber(name, run.Median(epoch => epoch.Parts[name]));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
