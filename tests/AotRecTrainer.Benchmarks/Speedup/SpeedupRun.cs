using System.Text.Json;

namespace AotRecTrainer.Benchmarks.Speedup;

/// <summary>What a number of workers came to.</summary>
/// <param name="Setting">The set and the algorithm.</param>
/// <param name="Workers">How many.</param>
/// <param name="Seconds">The whole run, cold starts and the saved model among them.</param>
/// <param name="Digest">Digest of the model.</param>
/// <param name="First">The first epoch, in which processes start and shards are decoded.</param>
/// <param name="Late">The second half of the epochs.</param>
internal sealed record SpeedupRun(SpeedupSetting Setting, int Workers, double Seconds, string Digest, EpochTime First, EpochTime[] Late)
{
    /// <summary>Milliseconds of a late epoch, the median.</summary>
    public double Epoch => Median(epoch => epoch.Milliseconds);

    /// <summary>
    /// Milliseconds of a late epoch if computing took what it takes <paramref name="one"/> worker, divided by the number of workers: a gain
    /// beyond that is the machine's and not the workers'.
    /// </summary>
    public double EvenEpoch(SpeedupRun one) => Epoch + (one.Compute / Workers) - Compute;

    private double Compute => Median(epoch => epoch.Parts["compute"]);

    /// <summary>The median of the late epochs.</summary>
    public double Median(Func<EpochTime, double> value) => Late.Select(value).Order().ElementAt(Late.Length / 2);

    /// <summary>Reads a row of a sweep and the metrics of its run.</summary>
    /// <exception cref="InvalidOperationException">The run failed.</exception>
    public static SpeedupRun Read(SpeedupSetting setting, JsonElement row, string sweep)
    {
        string key = row.GetProperty("key").GetString()!;
        if (row.TryGetProperty("failure", out JsonElement failure)) throw new InvalidOperationException($"{key}: {failure.GetString()}");
        string folder = Directory.GetDirectories(Path.Combine(sweep, "runs"), key + "-*").Single();
        EpochTime[] epochs = [.. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(EpochTime.Read)];
        return new SpeedupRun(
            setting, row.GetProperty("workers").GetInt32(), row.GetProperty("seconds").GetDouble(),
            row.GetProperty("parametersSha256").GetString()!, epochs[0], epochs[(epochs.Length / 2)..]);
    }
}
