using System.Diagnostics;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;

namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>Gigabytes of decoded values a second, one thread, medians.</summary>
/// <param name="Copy">A plain copy of as many bytes.</param>
/// <param name="AllColumns">Shards into batches, all columns, with checksums.</param>
/// <param name="TrainingColumns">The same without timestamps, as training reads them.</param>
internal sealed record DecodingSpeed(double Copy, double AllColumns, double TrainingColumns)
{
    private const int WarmUps = 20;
    private const int Rounds = 40;

    public static DecodingSpeed Measure(string folder)
    {
        byte[][] shards = [.. Directory.GetFiles(folder, "*.parquet").Select(File.ReadAllBytes)];
        string[] columns;
        using (ParquetReader reader = new(new MemoryStream(shards[0])))
            columns = [.. reader.Schema.Fields.Select(field => field.Name)];
        string[] training = [.. columns.Where(column => column != "timestamp")];
        byte[] from = new byte[Decode(shards, columns)], to = new byte[from.Length];
        return new DecodingSpeed(
            Speed(() =>
            {
                from.CopyTo(to, 0);
                return to.Length;
            }),
            Speed(() => Decode(shards, columns)),
            Speed(() => Decode(shards, training)));
    }

    private static long Decode(byte[][] shards, string[] columns)
    {
        long bytes = 0;
        foreach (byte[] shard in shards)
        {
            using ParquetReader reader = new(new MemoryStream(shard));
            foreach (RecordBatch batch in reader.ReadBatches(columns))
            {
                using (batch)
                    bytes += batch.Columns.Sum(column => (long)column.Length * (column.Field.Type.Id == ArrowTypeId.Int64 ? sizeof(long) : sizeof(int)));
            }
        }

        return bytes;
    }

    private static double Speed(Func<long> work)
    {
        for (int round = 0; round < WarmUps; round++) work();
        return ShardingTimes.Middle(Enumerable.Range(0, Rounds).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            long bytes = work();
            return bytes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
        }));
    }
}
