using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Tests.Support;

/// <summary>Ratings as plain rows: made up, in a table, in a data set.</summary>
internal static class RatingRows
{
    /// <summary>Different pairs with sparse ids, in no order, with half-star ratings.</summary>
    public static RatingRow[] Random(int seed, int users, int items, int count)
    {
        var random = new Random(seed);
        long[] userIds = SparseIds(random, users), itemIds = SparseIds(random, items);
        int[] pairs = [.. Enumerable.Range(0, users * items)];
        random.Shuffle(pairs);
        return
        [
            .. pairs.Take(count).Select(pair => new RatingRow(
                userIds[pair / items], itemIds[pair % items], random.Next(1, 11) / 2f, random.NextInt64(1_000_000_000, 2_000_000_000))),
        ];
    }

    /// <summary>The rows of a table with integer ids, in its order.</summary>
    public static RatingRow[] Of(RatingTable table)
    {
        List<RatingRow> rows = [];
        RatingCursor cursor = table.Open();
        for (int user = 0; user < table.UserIds.Count; user++)
        {
            UserRatings ratings = cursor.Read(user);
            for (int row = 0; row < ratings.Count; row++)
            {
                rows.Add(new RatingRow(
                    table.UserIds.Integers[user], table.ItemIds.Integers[ratings.Items[row]], ratings.Ratings[row],
                    table.HasTimestamps ? ratings.Timestamps[row] : 0));
            }
        }

        Assert.Equal(table.Count, rows.Count);
        return [.. rows];
    }

    /// <summary>The rows of the train or of the test files of a data set, with their original ids, shard by shard.</summary>
    public static async Task<List<RatingRow>> OfAsync(DatasetReader reader, bool test)
    {
        EntityTable users = await reader.ReadUsersAsync(), items = await reader.ReadItemsAsync();
        List<RatingRow> rows = [];
        foreach (ShardEntry shard in reader.Manifest.Shards)
        {
            await foreach (RecordBatch batch in reader.ReadShardAsync(test ? shard.Test : shard.Train))
            {
                using (batch)
                {
                    rows.AddRange(Of(batch, users, items));
                }
            }
        }

        return rows;
    }

    private static RatingRow[] Of(RecordBatch batch, EntityTable users, EntityTable items)
    {
        var rows = new RatingRow[batch.Length];
        bool timed = batch.Schema.IndexOf("timestamp") >= 0;
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new RatingRow(
                users.Ids.Integers[batch["user"].Values<int>()[row]], items.Ids.Integers[batch["item"].Values<int>()[row]],
                batch["rating"].Values<float>()[row], timed ? batch["timestamp"].Values<long>()[row] : 0);
        }

        return rows;
    }

    private static long[] SparseIds(Random random, int count)
    {
        var ids = new HashSet<long>();
        while (ids.Count < count)
        {
            ids.Add(random.NextInt64(0, 50L * count));
        }

        return [.. ids];
    }
}
