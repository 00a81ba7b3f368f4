using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The statistics of a shard as an Arrow IPC stream of six arrays: users' factors and biases, items' factors, biases and matrices,
/// predictions. The caller's own notes travel beside the numbers, and a checksum with which the reader makes sure of them.
/// </summary>
public static class StatisticsSerializer
{
    /// <summary>Writes the statistics, with <paramref name="notes"/> (who, which round, how long) in the metadata.</summary>
    /// <exception cref="ModelException">A number in them is not finite.</exception>
    public static byte[] Write(ShardStatistics statistics, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(notes);
        if (!IsFinite(statistics)) throw ModelException.Diverged($"the statistics of shard {statistics.Shard} are not finite");
        ErrorSums errors = statistics.Errors;
        Dictionary<string, string> metadata = new(notes, StringComparer.Ordinal)
        {
            ["shard"] = Text(statistics.Shard),
            ["userFirst"] = Text(statistics.UserFirst),
            ["users"] = Text(statistics.UserBiases.Length),
            ["testPredictions"] = Text(statistics.TestPredictions.Length),
            ["trainSquared"] = errors.TrainSquared.ToString("R", CultureInfo.InvariantCulture),
            ["trainRatings"] = Text(errors.TrainRatings),
            ["testSquared"] = errors.TestSquared.ToString("R", CultureInfo.InvariantCulture),
            ["testAbsolute"] = errors.TestAbsolute.ToString("R", CultureInfo.InvariantCulture),
            ["testRatings"] = Text(errors.TestRatings),
            ["crc32c"] = Text(Checksum(statistics)),
        };
        return FloatStream.Write(metadata, [.. statistics.Arrays.Select(array => (ReadOnlyMemory<float>)array.Values)]);
    }

    /// <summary>Reads statistics of a known shape into a buffer.</summary>
    /// <returns>The notes that were written with them.</returns>
    /// <exception cref="ModelException">The content is damaged, not finite or does not fit the shape.</exception>
    public static IReadOnlyDictionary<string, string> Read(byte[] content, ShardStatistics statistics, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(statistics);
        using FloatStreamReader reader = FloatStream.Open(content, name);
        MetadataReader metadata = new(reader.Metadata, name);
        long valuesMax = content.LongLength / sizeof(float);
        int users = metadata.Int("users", 0, (int)Math.Min(statistics.Shape.Model.Users, valuesMax));
        int predictions = metadata.Int("testPredictions", 0, (int)Math.Min(int.MaxValue, statistics.Shape.HasPredictions ? valuesMax : 0));
        statistics.Reset(metadata.Int("shard", 0, int.MaxValue), metadata.Int("userFirst", 0, statistics.Shape.Model.Users), users, predictions);
        foreach ((string array, Memory<float> values) in statistics.Arrays) reader.Read(array, values.Span);
        statistics.Errors = new ErrorSums(
            metadata.Double("trainSquared"), metadata.Long("trainRatings", 0, long.MaxValue), metadata.Double("testSquared"),
            metadata.Double("testAbsolute"), metadata.Long("testRatings", 0, long.MaxValue));
        long expected = metadata.Long("crc32c", 0, uint.MaxValue);
        uint found = Checksum(statistics);
        if (found != expected) throw new ModelException($"{name}: checksum {found}, expected {expected}");
        return IsFinite(statistics) ? reader.Metadata : throw new ModelException($"{name}: numbers that are not finite");
    }

    private static bool IsFinite(ShardStatistics statistics) =>
        double.IsFinite(statistics.Errors.TrainSquared) && double.IsFinite(statistics.Errors.TestSquared)
        && Array.TrueForAll(statistics.Arrays, array => IsFinite(array.Values.Span));

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        // Infinity and NaN have all exponent bits set; zero times either is NaN, and NaN stays in a sum.
        Vector<float> poison = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors) poison += vector * Vector<float>.Zero;
        float rest = Vector.Sum(poison);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..]) rest += value * 0;
        return rest == 0;
    }

    private static uint Checksum(ShardStatistics statistics)
    {
        uint sum = uint.MaxValue;
        foreach ((_, Memory<float> values) in statistics.Arrays) sum = Checksum(sum, values.Span);
        return ~sum;
    }

    private static uint Checksum(uint sum, ReadOnlySpan<float> values)
    {
        foreach (ulong pair in MemoryMarshal.Cast<float, ulong>(values)) sum = BitOperations.Crc32C(sum, pair);
        return values.Length % 2 == 0 ? sum : BitOperations.Crc32C(sum, BitConverter.SingleToUInt32Bits(values[^1]));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
