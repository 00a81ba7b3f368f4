using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.EndToEnd.Tests.Support;

/// <summary>The ratings of a data set as its Parquet shards have them.</summary>
internal static class Ratings
{
    /// <param name="dataset">Directory of the data set.</param>
    /// <param name="side">"train" or "test".</param>
    public static (int User, int Item, float Rating)[] Read(string dataset, string side)
    {
        List<(int User, int Item, float Rating)> ratings = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(dataset, side)).Order(StringComparer.Ordinal))
        {
            using ParquetReader reader = new(File.OpenRead(file));
            foreach (RecordBatch batch in reader.ReadBatches(["user", "item", "rating"]))
            {
                using (batch)
                {
                    ReadOnlySpan<int> users = batch.Columns[0].Values<int>();
                    ReadOnlySpan<int> items = batch.Columns[1].Values<int>();
                    ReadOnlySpan<float> stars = batch.Columns[2].Values<float>();
                    for (int row = 0; row < batch.Length; row++) ratings.Add((users[row], items[row], stars[row]));
                }
            }
        }

        return [.. ratings];
    }
}
