using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset;

namespace AotRecTrainer.DataPrep.Inspection;

/// <summary>What a manifest does not say of a data set.</summary>
/// <param name="Ratings">How often each rating occurs in train.</param>
/// <param name="Samples">A few rows.</param>
/// <param name="Titled">How many items have a title.</param>
internal sealed record DatasetContents(RatingHistogram Ratings, IReadOnlyList<SampleRow> Samples, int Titled)
{
    private const int SamplesMax = 5;
    private static readonly long s_timeMin = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long s_timeMax = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads the tables and all train ratings.</summary>
    /// <exception cref="DatasetException">A file is missing or not what the manifest says.</exception>
    public static async Task<DatasetContents> ReadAsync(
        DatasetReader reader, IProgress<double> progress, CancellationToken cancellationToken)
    {
        EntityTable users = await reader.ReadUsersAsync(cancellationToken), items = await reader.ReadItemsAsync(cancellationToken);
        var histogram = new RatingHistogram(reader.Manifest.RatingLow, reader.Manifest.RatingHigh);
        var samples = new List<SampleRow>();
        foreach (ShardEntry shard in reader.Manifest.Shards)
        {
            string[]? columns = shard.Index == 0 ? null : ["rating"];
            await foreach (RecordBatch batch in reader.ReadShardAsync(shard.Train, columns, cancellationToken))
            {
                using (batch)
                {
                    histogram.Add(batch["rating"].Values<float>());
                    for (int row = 0; shard.Index == 0 && row < batch.Length && samples.Count < SamplesMax; row++)
                    {
                        samples.Add(Sample(batch, row, users, items));
                    }
                }
            }

            progress.Report((shard.Index + 1.0) / reader.Manifest.Shards.Length);
        }

        return new DatasetContents(histogram, samples, items.Titles!.Count(title => title is not null));
    }

    private static SampleRow Sample(RecordBatch batch, int row, EntityTable users, EntityTable items)
    {
        int user = batch["user"].Values<int>()[row], item = batch["item"].Values<int>()[row];
        string time = "";
        if (batch.Schema.IndexOf("timestamp") >= 0)
        {
            long seconds = batch["timestamp"].Values<long>()[row];
            time = seconds >= s_timeMin && seconds <= s_timeMax ? $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd HH:mm:ss}" : $"{seconds}";
        }

        return new SampleRow(users.Ids[user], items.Ids[item], batch["rating"].Values<float>()[row], time, items.Titles?[item] ?? "");
    }
}
