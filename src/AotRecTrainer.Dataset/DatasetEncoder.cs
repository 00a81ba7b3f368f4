using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Parsing;

namespace AotRecTrainer.Dataset;

/// <summary>The bytes of the Parquet files of a data set; the same for the same layout.</summary>
internal static class DatasetEncoder
{
    /// <summary>The train or the test ratings of a shard.</summary>
    public static byte[] Ratings(DatasetLayout layout, int shard, bool test, out int rows)
    {
        RatingTable table = layout.Table;
        int userFirst = layout.Plan.ShardFirst[shard], userEnd = layout.Plan.ShardFirst[shard + 1];
        rows = 0;
        for (int user = userFirst; user < userEnd; user++)
        {
            int inTable = layout.Plan.UserOrder[user];
            int train = layout.TrainOfUser[inTable];
            rows += test ? layout.UserFirstRow[inTable + 1] - layout.UserFirstRow[inTable] - train : train;
        }

        int[] users = new int[rows], items = new int[rows];
        float[] ratings = new float[rows];
        long[] timestamps = new long[table.Timestamps is null ? 0 : rows];
        int row = 0;
        for (int user = userFirst; user < userEnd; user++)
        {
            int inTable = layout.Plan.UserOrder[user];
            for (int source = layout.UserFirstRow[inTable]; source < layout.UserFirstRow[inTable + 1]; source++)
            {
                if (layout.IsTest[source] != test)
                {
                    continue;
                }

                users[row] = user;
                items[row] = table.Items[source];
                ratings[row] = table.Ratings[source];
                if (table.Timestamps is { } times)
                {
                    timestamps[row] = times[source];
                }

                row++;
            }
        }

        Schema schema = DatasetSchemas.Ratings(table.Timestamps is not null);
        List<Column> columns =
        [
            Column.FromValues<int>(DatasetSchemas.User, users),
            Column.FromValues<int>(DatasetSchemas.Item, items),
            Column.FromValues<float>(DatasetSchemas.Rating, ratings),
        ];
        if (table.Timestamps is not null)
        {
            columns.Add(Column.FromValues<long>(DatasetSchemas.Timestamp, timestamps));
        }

        return Encode(schema, columns);
    }

    /// <summary>The user table.</summary>
    public static byte[] Users(DatasetLayout layout)
    {
        int[] order = layout.Plan.UserOrder;
        return Encode(DatasetSchemas.Users,
        [
            Column.FromValues<int>(DatasetSchemas.User, Sequence(order.Length)),
            Column.FromValues<long>(DatasetSchemas.Id, Array.ConvertAll(order, user => layout.Table.UserIds[user])),
            Column.FromValues<int>(DatasetSchemas.RatingCount, Array.ConvertAll(order, user => layout.TrainOfUser[user])),
        ]);
    }

    /// <summary>The item table.</summary>
    public static byte[] Items(DatasetLayout layout, IReadOnlyDictionary<long, string>? titles)
    {
        long[] ids = layout.Table.ItemIds;
        return Encode(DatasetSchemas.Items,
        [
            Column.FromValues<int>(DatasetSchemas.Item, Sequence(ids.Length)),
            Column.FromValues<long>(DatasetSchemas.Id, ids),
            Column.FromStrings(DatasetSchemas.Title, Array.ConvertAll(ids, id => titles?.GetValueOrDefault(id))),
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

    private static byte[] Encode(Schema schema, IReadOnlyList<Column> columns)
    {
        using var batch = new RecordBatch(schema, columns);
        using var bytes = new MemoryStream();
        using (var writer = new ParquetWriter(bytes, schema))
        {
            if (batch.Length > 0)
            {
                writer.Write(batch);
            }

            writer.Close();
        }

        return bytes.ToArray();
    }
}
