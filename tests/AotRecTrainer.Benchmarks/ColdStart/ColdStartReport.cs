using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.ColdStart;

/// <summary>The figures as a page for people and as JSON for programs.</summary>
internal sealed class ColdStartReport(Machine machine, string isolation, ColdStartOptions options, IReadOnlyList<ColdStarts> results)
{
    public void Write()
    {
        ResultPage.Write(options.Results, machine, "cold-start.md", Page());
        if (options.Json is { } file)
            WriteJson(file);
    }

    private string Page()
    {
        StringBuilder page = new();
        page.AppendLine("# Cold starts").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}; .NET {Environment.Version}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"Local Lambda: {isolation}.").AppendLine();
        page.AppendLine("The same function compiled in three ways, each as the worker of a training: init is from the start of the process to its first");
        page.AppendLine("request for an event; the first event opens the store, reads a round and a shard of 83,000 ratings, computes and stores the");
        page.AppendLine("statistics; memory is the most that the process had by then. JIT and ReadyToRun run on the shared .NET runtime with its default");
        page.AppendLine(CultureInfo.InvariantCulture, $"settings. Medians of {options.Runs} cold starts in turns, in brackets the middle half; ratios are to native AOT of the same memory");
        page.AppendLine("size. Written by `scripts/cold-start.sh`.").AppendLine();
        page.AppendLine("| memory, MB | code | init, ms | ratio | first event, ms | ratio | peak, MB | ratio |").AppendLine("|--:|---|--:|--:|--:|--:|--:|--:|");
        foreach (IGrouping<int, ColdStarts> size in results.GroupBy(result => result.MemoryMegabytes))
        {
            ColdStarts native = size.First();
            foreach (ColdStarts row in size)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {size.Key} | {row.Variant.Title} |");
                page.Append(Cells(row.Init, native.Init)).Append(Cells(row.FirstInvocation, native.FirstInvocation));
                page.AppendLine(Cells(row.PeakMemory, native.PeakMemory));
            }
        }

        page.AppendLine().AppendLine("| code | program, MB | with the runtime it needs, MB |").AppendLine("|---|--:|--:|");
        foreach (Variant variant in results.Select(result => result.Variant).Distinct())
            page.AppendLine(CultureInfo.InvariantCulture, $"| {variant.Title} | {variant.ProgramBytes / 1e6:F1} | {variant.TotalBytes / 1e6:F1} |");
        if (options.Images is { } images)
            AppendImages(page, ImageSize.Read(images));
        return page.ToString();
    }

    private static void AppendImages(StringBuilder page, IReadOnlyList<ImageSize> images)
    {
        page.AppendLine().AppendLine("Images uncompressed; where a base image could not be pulled, `standin` names what was made in its place.");
        page.AppendLine().AppendLine("| image | MB | base image | MB | layers above it | MB |").AppendLine("|---|--:|---|--:|---|--:|");
        foreach (ImageSize image in images)
        {
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {image.Code} | {image.Bytes / 1e6:F1} | {image.Base} | {image.BaseBytes / 1e6:F1} | {image.Layers} | {(image.Bytes - image.BaseBytes) / 1e6:F1} |");
        }
    }

    private static string Cells(Spread value, Spread native) =>
        string.Create(CultureInfo.InvariantCulture, $" {value.Median:F1} ({value.Low:F1}-{value.High:F1}) | {value.Median / native.Median:F1} |");

    private void WriteJson(string path)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (ColdStarts result in results)
        {
            json.WriteStartObject();
            json.WriteString("variant", result.Variant.Name);
            json.WriteNumber("memory", result.MemoryMegabytes);
            json.WriteNumber("runs", result.Reports.Count);
            json.WriteNumber("initMilliseconds", result.Init.Median);
            json.WriteNumber("firstInvocationMilliseconds", result.FirstInvocation.Median);
            json.WriteNumber("peakMemoryMegabytes", result.PeakMemory.Median);
            json.WriteNumber("programMegabytes", Math.Round(result.Variant.ProgramBytes / 1e6, 1));
            json.WriteNumber("totalMegabytes", Math.Round(result.Variant.TotalBytes / 1e6, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
