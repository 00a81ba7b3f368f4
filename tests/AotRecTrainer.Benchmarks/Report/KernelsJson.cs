using System.Text.Json;

namespace AotRecTrainer.Benchmarks.Report;

/// <summary>The figures for programs.</summary>
internal static class KernelsJson
{
    public static void Write(string path, Machine machine, IReadOnlyList<string> programs, IReadOnlyList<Measurement> measurements)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("cpu", machine.Cpu);
        json.WriteNumber("processors", machine.Processors);
        json.WriteString("system", machine.System);
        json.WriteStartArray("programs");
        foreach (string program in programs)
        {
            json.WriteStringValue(program);
        }

        json.WriteEndArray();
        json.WriteStartArray("measurements");
        foreach (Measurement m in measurements)
        {
            json.WriteStartObject();
            json.WriteString("family", m.Family);
            json.WriteNumber("factors", m.Factors);
            json.WriteNumber("threads", m.Threads);
            json.WriteString("program", m.Program);
            json.WriteString("body", m.Body);
            json.WriteNumber("nanosecondsPerRatingBest", Math.Round(m.Best, 4));
            json.WriteNumber("nanosecondsPerRatingMedian", Math.Round(m.Median, 4));
            json.WriteNumber("samples", m.Samples.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
