using System.Text.Json;

namespace AotRecTrainer.Benchmarks.Speedup;

/// <summary>The times of a line of <c>metrics.jsonl</c>, in milliseconds.</summary>
/// <param name="Milliseconds">The epoch.</param>
/// <param name="Parts">Where it went.</param>
internal sealed record EpochTime(double Milliseconds, Dictionary<string, double> Parts)
{
    /// <summary>The names of the parts, in the order in which they happen.</summary>
    public static readonly string[] Names = ["send", "wait", "load", "compute", "write", "reduce", "step"];

    /// <summary>What is in no part: what the coordinator writes down between two rounds.</summary>
    public double Between => Milliseconds - Names.Sum(name => Parts[name]);

    /// <summary>Reads a line.</summary>
    public static EpochTime Read(string line)
    {
        JsonElement epoch = JsonElement.Parse(line);
        return new EpochTime(
            epoch.GetProperty("milliseconds").GetDouble(),
            Names.ToDictionary(name => name, name => epoch.GetProperty("parts").GetProperty(name).GetDouble(), StringComparer.Ordinal));
    }
}
