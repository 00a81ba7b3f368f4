using System.Globalization;

namespace AotRecTrainer.Training.Worker;

/// <summary>What a worker notes beside the statistics of a shard: which round they belong to and what they cost.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Round">Number of the round.</param>
/// <param name="Fingerprint">The run's settings.</param>
/// <param name="ColdStart">True once per process.</param>
/// <param name="Milliseconds">Time since the shard before, or since the invocation began.</param>
/// <param name="Puts">PUT requests since the shard before, the one of this object among them.</param>
/// <param name="Gets">GET requests since the shard before.</param>
/// <param name="Loaded">Milliseconds that the invocation has read and decoded so far, its task and its shards: its threads' mean.</param>
/// <param name="Computed">Milliseconds that the invocation has computed so far, stores and decoding not counted: its threads' mean.</param>
internal sealed record WorkNotes(
    string Run, int Round, string Fingerprint, bool ColdStart, double Milliseconds, long Puts, long Gets, double Loaded, double Computed)
{
    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        ["run"] = Run,
        ["round"] = Round.ToString(CultureInfo.InvariantCulture),
        ["fingerprint"] = Fingerprint,
        ["coldStart"] = ColdStart ? "1" : "0",
        ["milliseconds"] = Milliseconds.ToString("R", CultureInfo.InvariantCulture),
        ["puts"] = Puts.ToString(CultureInfo.InvariantCulture),
        ["gets"] = Gets.ToString(CultureInfo.InvariantCulture),
        ["loaded"] = Loaded.ToString("R", CultureInfo.InvariantCulture),
        ["computed"] = Computed.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Reads notes; what is missing or not a number reads as nothing spent, and as no run at all.</summary>
    public static WorkNotes From(IReadOnlyDictionary<string, string> metadata)
    {
        return new WorkNotes(
            metadata.GetValueOrDefault("run", ""),
            int.TryParse(metadata.GetValueOrDefault("round"), out int round) ? round : 0,
            metadata.GetValueOrDefault("fingerprint", ""),
            metadata.GetValueOrDefault("coldStart") == "1",
            Number(metadata, "milliseconds"),
            long.TryParse(metadata.GetValueOrDefault("puts"), out long puts) ? puts : 0,
            long.TryParse(metadata.GetValueOrDefault("gets"), out long gets) ? gets : 0,
            Number(metadata, "loaded"),
            Number(metadata, "computed"));
    }

    /// <summary>True when the notes belong to this run and round.</summary>
    public bool Match(string run, int round, string fingerprint) => Run == run && Round == round && Fingerprint == fingerprint;

    private static double Number(IReadOnlyDictionary<string, string> metadata, string name) =>
        double.TryParse(metadata.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0;
}
