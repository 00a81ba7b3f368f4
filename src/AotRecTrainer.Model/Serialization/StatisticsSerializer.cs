using System.Globalization;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Serialization;

/// <summary>The statistics of a shard as an Arrow IPC stream; the caller's own notes travel beside the numbers.</summary>
public static class StatisticsSerializer
{
    /// <summary>Writes the statistics, with <paramref name="notes"/> (who, which round, how long) in the metadata.</summary>
    public static byte[] Write(ShardStatistics statistics, int factors, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(notes);
        ErrorSums errors = statistics.Errors;
        Dictionary<string, string> metadata = new(notes, StringComparer.Ordinal)
        {
            ["shard"] = Text(statistics.Shard),
            ["userFirst"] = Text(statistics.UserFirst),
            ["users"] = Text(statistics.UserBiases.Length),
            ["items"] = Text(statistics.ItemBiases.Length),
            ["trainSquared"] = errors.TrainSquared.ToString("R", CultureInfo.InvariantCulture),
            ["trainRatings"] = Text(errors.TrainRatings),
            ["testSquared"] = errors.TestSquared.ToString("R", CultureInfo.InvariantCulture),
            ["testAbsolute"] = errors.TestAbsolute.ToString("R", CultureInfo.InvariantCulture),
            ["testRatings"] = Text(errors.TestRatings),
        };
        return ParameterTables.Write(
            factors, metadata, statistics.UserFactors, statistics.UserBiases, statistics.ItemFactors, statistics.ItemBiases);
    }

    /// <summary>Reads statistics for a model of the given shape.</summary>
    /// <exception cref="ModelException">The content is damaged or does not fit the model.</exception>
    public static (ShardStatistics Statistics, IReadOnlyDictionary<string, string> Notes) Read(byte[] content, ModelShape shape, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ShardStatistics? statistics = null;
        IReadOnlyDictionary<string, string>? notes = null;
        ParameterTables.Read(content, name, metadata =>
        {
            MetadataReader reader = new(metadata, name);
            int users = reader.Int("users", 0, shape.Users);
            int items = reader.Int("items", shape.Items, shape.Items);
            ErrorSums errors = new(
                reader.Double("trainSquared"), reader.Long("trainRatings", 0, long.MaxValue), reader.Double("testSquared"),
                reader.Double("testAbsolute"), reader.Long("testRatings", 0, long.MaxValue));
            statistics = new ShardStatistics(
                reader.Int("shard", 0, int.MaxValue), reader.Int("userFirst", 0, shape.Users),
                new float[users * shape.Factors], new float[users], new float[items * shape.Factors], new float[items], errors);
            notes = metadata;
            return new ParameterRows(statistics.UserFactors, statistics.UserBiases, statistics.ItemFactors, statistics.ItemBiases);
        });
        return (statistics!, notes!);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
