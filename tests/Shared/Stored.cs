using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Testing;

/// <summary>What is stored of tasks and statistics, as arrays: for tests, which look at contents and change them.</summary>
internal static class Stored
{
    public static byte[] Of(RoundTask task)
    {
        using MemoryStream content = new();
        RoundTaskSerializer.Write(content, task);
        return content.ToArray();
    }

    public static byte[] Of(
        ShardStatistics statistics, IReadOnlyDictionary<string, string> notes, StatisticsCompression compression = StatisticsCompression.None)
    {
        using MemoryStream content = new();
        StatisticsSerializer.Write(content, statistics, notes, compression);
        return content.ToArray();
    }

    public static RoundTask Task(byte[] content, string name = "it") => RoundTaskSerializer.Read(new MemoryStream(content), name);

    public static IReadOnlyDictionary<string, string> Notes(byte[] content, ShardStatistics target, string name = "it") =>
        StatisticsSerializer.Read(new MemoryStream(content), target, name);
}
