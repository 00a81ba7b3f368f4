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
                    for (int row = 0; row < batch.Length; row++)
                        ratings.Add((batch.Columns[0].Values<int>()[row], batch.Columns[1].Values<int>()[row], batch.Columns[2].Values<float>()[row]));
                }
            }
        }

        return [.. ratings];
    }
}
