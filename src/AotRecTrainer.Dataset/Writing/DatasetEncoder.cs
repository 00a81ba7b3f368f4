using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Gathering;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>The bytes of the Parquet files of a data set; the same for the same layout.</summary>
internal static class DatasetEncoder
{
    /// <summary>The train and the test ratings of a shard.</summary>
    public static (EncodedFile Train, EncodedFile Test) Shard(DatasetLayout layout, int shard, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> members = layout.Plan.UserOrder.AsSpan(layout.Plan.ShardFirst[shard]..layout.Plan.ShardFirst[shard + 1]);
        long trainRows = 0, testRows = 0;
        int rowsMax = 0;
        foreach (int user in members)
        {
            trainRows += layout.TrainOfUser[user];
            testRows += layout.TestOfUser[user];
            rowsMax = Math.Max(rowsMax, layout.TrainOfUser[user] + layout.TestOfUser[user]);
        }

        using var train = new RatingFileWriter(trainRows, layout.Table.HasTimestamps);
        using var test = new RatingFileWriter(testRows, layout.Table.HasTimestamps);
        RatingCursor cursor = layout.Table.Open();
        bool[] marks = new bool[rowsMax];
        for (int member = 0; member < members.Length; member++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UserRatings ratings = cursor.Read(members[member]);
            Span<bool> isTest = marks.AsSpan(0, ratings.Count);
            layout.Rule.Mark(members[member], ratings, isTest);
            int index = layout.Plan.ShardFirst[shard] + member;
            for (int row = 0; row < isTest.Length; row++)
            {
                (isTest[row] ? test : train).Add(
                    index, ratings.Items[row], ratings.Ratings[row], ratings.Timestamps.IsEmpty ? 0 : ratings.Timestamps[row]);
            }
        }

        return (train.Close(), test.Close());
    }

    /// <summary>The user table.</summary>
    public static EncodedFile Users(DatasetLayout layout)
    {
        int[] order = layout.Plan.UserOrder;
        return Encode(
        [
            Column.FromValues<int>(DatasetSchemas.User, Sequence(order.Length)),
            layout.Table.UserIds.Permuted(order).ToColumn(),
            Column.FromValues<int>(DatasetSchemas.RatingCount, Array.ConvertAll(order, user => layout.TrainOfUser[user])),
        ]);
    }

    /// <summary>The item table.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="titles">Titles by original id; null when there are none.</param>
    public static EncodedFile Items(DatasetLayout layout, IReadOnlyDictionary<long, string>? titles)
    {
        EntityIds ids = layout.Table.ItemIds;
        var titleOfItem = new string?[ids.Count];
        for (int item = 0; titles is not null && !ids.AreText && item < titleOfItem.Length; item++)
        {
            titleOfItem[item] = titles.GetValueOrDefault(ids.Integers[item]);
        }

        return Encode(
        [
            Column.FromValues<int>(DatasetSchemas.Item, Sequence(ids.Count)),
            ids.ToColumn(),
            Column.FromStrings(DatasetSchemas.Title, titleOfItem),
            Column.FromValues<int>(DatasetSchemas.RatingCount, layout.TrainOfItem),
        ]);
    }

    private static int[] Sequence(int count)
    {
        int[] numbers = new int[count];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = index;
        }

        return numbers;
    }

    private static EncodedFile Encode(IReadOnlyList<Column> columns)
    {
        using var batch = new RecordBatch(new Schema([.. columns.Select(column => column.Field)]), columns);
        using var bytes = new MemoryStream();
        using var writer = new ParquetWriter(bytes, batch.Schema);
        writer.Write(batch);
        writer.Close();
        return new EncodedFile(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), batch.Length);
    }
}
