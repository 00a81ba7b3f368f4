using System.Globalization;
using System.Text;
using System.Text.Json;
using AotRecTrainer.Benchmarks.Programs;
using AotRecTrainer.Benchmarks.Report;

namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>The page of <c>scripts/bench.sh data</c>, and its figures as JSON.</summary>
internal static class DataReport
{
    public static void Write(ProgramsOptions options, List<ShardingTimes> times, DecodingSpeed decoding)
    {
        Machine machine = Machine.Current();
        StringBuilder page = new();
        page.AppendLine("# Preparing data").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{machine.Cpu}, {machine.Processors} processors, {machine.System}.");
        page.AppendLine("`ratings.dat` with 1,000,209 lines to 12 sorted, Snappy-compressed Parquet files: whole processes of `data-prep shard`, which");
        page.AppendLine("also splits off test ratings and writes checksums and tables, and DuckDB's work alone, without the start of its process.");
        page.AppendLine(CultureInfo.InvariantCulture, $"Medians of {times[0].Ours.Count} rounds in turns; written by `scripts/bench.sh data`.").AppendLine();
        page.AppendLine("| cores and threads | data-prep, s | best | DuckDB, s | best | data-prep / DuckDB |").AppendLine("|--:|--:|--:|--:|--:|--:|");
        foreach (ShardingTimes time in times)
        {
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {time.Threads} | {ShardingTimes.Middle(time.Ours):F3} | {time.Ours.Min():F3} | {ShardingTimes.Middle(time.Theirs):F3} | {time.Theirs.Min():F3} | {time.Ratio:F2} |");
        }

        page.AppendLine().AppendLine("The shards from memory into record batches, one thread, in decoded bytes:").AppendLine();
        page.AppendLine("| | GB/s |").AppendLine("|---|--:|");
        foreach ((string name, double speed) in Speeds(decoding))
            page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {speed:F2} |");
        ResultPage.Write(options.Results, machine, "data.md", page.ToString());
        if (options.Json is { } file) WriteJson(file, times, decoding);
    }

    private static (string Name, double Speed)[] Speeds(DecodingSpeed decoding) =>
    [
        ("memory copy", decoding.Copy),
        ("all columns", decoding.AllColumns),
        ("the columns that training reads", decoding.TrainingColumns),
    ];

    private static void WriteJson(string path, List<ShardingTimes> times, DecodingSpeed decoding)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("sharding");
        foreach (ShardingTimes time in times)
        {
            json.WriteStartObject();
            json.WriteNumber("threads", time.Threads);
            json.WriteNumber("dataPrepSeconds", ShardingTimes.Middle(time.Ours));
            json.WriteNumber("duckDbSeconds", ShardingTimes.Middle(time.Theirs));
            json.WriteNumber("ratio", time.Ratio);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("gigabytesPerSecond");
        json.WriteNumber("memoryCopy", decoding.Copy);
        json.WriteNumber("allColumns", decoding.AllColumns);
        json.WriteNumber("trainingColumns", decoding.TrainingColumns);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
