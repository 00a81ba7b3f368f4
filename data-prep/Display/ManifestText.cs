using System.Globalization;
using AotRecTrainer.Dataset;

namespace AotRecTrainer.DataPrep.Display;

/// <summary>A manifest for people to read.</summary>
internal static class ManifestText
{
    /// <summary>Split, scale and balance, a line each.</summary>
    public static IEnumerable<string> Summary(DatasetManifest manifest)
    {
        yield return $"{manifest.TrainRatings:N0} train and {manifest.TestRatings:N0} test ratings ({manifest.Split}), "
            + $"train mean {manifest.GlobalMean:F4}, scale {manifest.RatingLow} .. {manifest.RatingHigh}";
        long fewest = manifest.Shards.Min(shard => shard.Train.Rows), most = manifest.Shards.Max(shard => shard.Train.Rows);
        double mean = (double)manifest.TrainRatings / manifest.Shards.Length;
        yield return $"{manifest.Shards.Length:N0} {(manifest.Shards.Length == 1 ? "shard" : "shards")} of {fewest:N0} .. {most:N0} "
            + $"train ratings ({(most - fewest) / mean * 100:F2} % apart), {TotalBytes(manifest) / 1e6:F1} MB";
    }

    /// <summary>A table with a row for every shard.</summary>
    public static IEnumerable<string> Shards(DatasetManifest manifest) => TextTable.Lines(
        ["shard", "users", "first user", "train", "test", "train bytes", "test bytes", "train SHA-256"],
        manifest.Shards.Select(shard => (string[])
        [
            Text(shard.Index), Text(shard.UserCount), Text(shard.UserFirst), Text(shard.Train.Rows), Text(shard.Test.Rows),
            Text(shard.Train.Bytes), Text(shard.Test.Bytes), shard.Train.Sha256[..12],
        ]));

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static long TotalBytes(DatasetManifest manifest) =>
        manifest.UsersFile.Bytes + manifest.ItemsFile.Bytes + manifest.Shards.Sum(shard => shard.Train.Bytes + shard.Test.Bytes);
}
