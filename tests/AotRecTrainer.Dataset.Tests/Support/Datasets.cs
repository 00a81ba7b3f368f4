using AotRecTrainer.Columnar.Arrow;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Data sets in memory.</summary>
internal static class Datasets
{
    public static readonly DatasetWriterOptions Options = new() { Shards = 4, Holdout = 0.2, Seed = 9 };

    /// <summary>A small data set with titles for some of its items.</summary>
    public static async Task<MemoryObjectStore> SmallAsync()
    {
        RatingTable table = RatingText.Table(RatingRows.Random(seed: 31, users: 40, items: 50, count: 900));
        var store = new MemoryObjectStore();
        await new DatasetWriter(store, Options).WriteAsync(table, SomeTitles(table));
        return store;
    }

    public static Dictionary<long, string> SomeTitles(RatingTable table) =>
        table.ItemIds.Integers.ToArray().Where(id => id % 3 != 0).ToDictionary(id => id, id => $"Title \u00E9 of {id}");

    /// <summary>Reads all that a data set has, so that every check of the reader is made.</summary>
    public static async Task ReadAllAsync(MemoryObjectStore store)
    {
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        await reader.ReadUsersAsync();
        await reader.ReadItemsAsync();
        foreach (FileEntry file in reader.Manifest.Shards.SelectMany(shard => new[] { shard.Train, shard.Test }))
        {
            await foreach (RecordBatch batch in reader.ReadShardAsync(file))
            {
                batch.Dispose();
            }
        }
    }
}
