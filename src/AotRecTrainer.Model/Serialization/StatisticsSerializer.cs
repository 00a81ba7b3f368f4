using System.Globalization;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Serialization;

/// <summary>
/// The statistics of a shard as an Arrow IPC stream of six arrays: users' factors and biases, items' factors, biases and matrices,
/// predictions; as halves where that is asked for. The caller's own notes travel beside the numbers.
/// </summary>
public static class StatisticsSerializer
{
    /// <summary>Writes the statistics, with <paramref name="notes"/> (who, which round, how long) in the metadata.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="statistics">The statistics; stay the caller's.</param>
    /// <param name="notes">What travels beside them.</param>
    /// <param name="compression">How numbers are stored.</param>
    /// <exception cref="ModelException">A number in them is not finite; nothing is written then.</exception>
    public static void Write(
        Stream output, ShardStatistics statistics, IReadOnlyDictionary<string, string> notes, StatisticsCompression compression)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(notes);
        ErrorSums errors = statistics.Errors;
        string what = $"the statistics of shard {statistics.Shard}";
        if (!double.IsFinite(errors.TrainSquared) || !double.IsFinite(errors.TestSquared)) throw ModelException.Diverged($"{what} are not finite");
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
        };
        ReadOnlyMemory<float>[] arrays = [.. statistics.Arrays.Select(static array => (ReadOnlyMemory<float>)array.Values)];
        if (compression == StatisticsCompression.Float16) FloatStream.WriteHalves(output, what, metadata, arrays);
        else FloatStream.Write(output, what, metadata, arrays);
    }

    /// <summary>Makes of statistics what writing and reading them would, for those that need not travel.</summary>
    public static void Round(ShardStatistics statistics, StatisticsCompression compression)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (compression == StatisticsCompression.None) return;
        foreach ((_, Memory<float> values) in statistics.Arrays) HalfCode.Round(values.Span);
    }

    /// <summary>Reads statistics of a known shape into a buffer.</summary>
    /// <param name="content">Their stream, from its position to its end; stays open.</param>
    /// <param name="statistics">The buffer; what it has is undefined after an error.</param>
    /// <param name="name">What errors call them.</param>
    /// <returns>The notes that were written with them.</returns>
    /// <exception cref="ModelException">The content is damaged, not finite or does not fit the shape.</exception>
    public static IReadOnlyDictionary<string, string> Read(Stream content, ShardStatistics statistics, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(statistics);
        using FloatStreamReader reader = new(content, name);
        MetadataReader metadata = new(reader.Metadata, name);
        long valuesMax = content.Length / sizeof(short);
        int users = metadata.Int("users", 0, (int)Math.Min(statistics.Shape.Model.Users, valuesMax));
        int predictions = metadata.Int("testPredictions", 0, (int)Math.Min(int.MaxValue, statistics.Shape.HasPredictions ? valuesMax : 0));
        statistics.Reset(metadata.Int("shard", 0, int.MaxValue), metadata.Int("userFirst", 0, statistics.Shape.Model.Users), users, predictions);
        foreach ((string array, Memory<float> values) in statistics.Arrays) reader.Read(array, values.Span);
        statistics.Errors = new ErrorSums(
            metadata.Double("trainSquared"), metadata.Long("trainRatings", 0, long.MaxValue), metadata.Double("testSquared"),
            metadata.Double("testAbsolute"), metadata.Long("testRatings", 0, long.MaxValue));
        reader.Finish();
        return reader.Metadata;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
