using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.Dataset.Writing;

/// <summary>The bytes of the tables of a data set; the same for the same layout.</summary>
internal static class TableEncoder
{
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
