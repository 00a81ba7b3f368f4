namespace AotRecTrainer.Dataset;

/// <summary>The object keys of a data set, relative to its location.</summary>
public static class DatasetKeys
{
    /// <summary>The manifest.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The user table.</summary>
    public const string Users = "users.parquet";

    /// <summary>The item table.</summary>
    public const string Items = "items.parquet";

    /// <summary>What the keys of train shards begin with.</summary>
    public const string TrainPrefix = "train/shard-";

    /// <summary>What the keys of test shards begin with.</summary>
    public const string TestPrefix = "test/shard-";

    private const string Extension = ".parquet";

    /// <summary>The key of a shard's train ratings.</summary>
    public static string Train(int shard) => $"{TrainPrefix}{shard:D5}{Extension}";

    /// <summary>The key of a shard's test ratings.</summary>
    public static string Test(int shard) => $"{TestPrefix}{shard:D5}{Extension}";

    /// <summary>The shard that a train or test key belongs to; -1 for any other key.</summary>
    public static int ShardOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (string prefix in (ReadOnlySpan<string>)[TrainPrefix, TestPrefix])
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && key.EndsWith(Extension, StringComparison.Ordinal)
                && key.Length >= prefix.Length + Extension.Length + 5
                && int.TryParse(key.AsSpan()[prefix.Length..^Extension.Length], System.Globalization.NumberStyles.None, null, out int shard))
            {
                return shard;
            }
        }

        return -1;
    }
}
