using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Recommending;

/// <summary>The page, and the figures as JSON.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="isolation">How the function was limited, in words.</param>
/// <param name="items">Items of the model.</param>
/// <param name="factors">Its factors.</param>
/// <param name="memory">The function's memory in MB.</param>
/// <param name="measured">What was measured.</param>
internal sealed class RecommendReport(Machine machine, string isolation, int items, int factors, int memory, IReadOnlyList<RecommendTimes> measured)
{
    public void Write(ProgramsOptions options)
    {
        ResultPage.Write(options.Results, machine, "recommend.md", Page());
        if (options.Json is { } file) WriteJson(file);
    }

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# Recommending").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"{items:N0} items, {factors} factors; a function of {memory:N0} MB behind the local stand-in, which has the model already, asked for ten");
        page.AppendLine("items by one event after the other. Milliseconds from handing the event over to the answer, the event and the answer in JSON included.");
        page.AppendLine(CultureInfo.InvariantCulture, $"Limits: {isolation}. Written by `scripts/bench.sh recommend`.").AppendLine();
        page.AppendLine("| question | median | 9 of 10 below | 99 of 100 below | peak memory, MB |").AppendLine("|---|--:|--:|--:|--:|");
        foreach (RecommendTimes times in measured)
        {
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {times.Question} | {times.Quantile(0.5):F2} | {times.Quantile(0.9):F2} | {times.Quantile(0.99):F2} | {times.PeakMegabytes} |");
        }

        return page.ToString();
    }

    private void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (RecommendTimes times in measured)
        {
            json.WriteStartObject();
            json.WriteString("question", times.Question);
            json.WriteNumber("medianMilliseconds", times.Quantile(0.5));
            json.WriteNumber("milliseconds99", times.Quantile(0.99));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
