using System.Diagnostics;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Speed;

/// <summary>How fast one core decodes a shard into batches, beside a plain copy of as many bytes.</summary>
internal static class DecodingSpeed
{
    private const int Rows = 1_000_000;
    private const int Users = 6_040;
    private const int Items = 3_706;
    private const int WarmUps = 20;
    private const int Rounds = 40;

    /// <summary>Prints the figures: gigabytes of decoded values per second.</summary>
    public static void Measure()
    {
        using RecordBatch ratings = Ratings();
        int bytes = ratings.Columns.Sum(column => column.ValueBytes.Length);
        byte[] from = new byte[bytes];
        byte[] to = new byte[bytes];
        Report("memory copy", bytes, () => from.AsSpan().CopyTo(to));
        foreach (Compression compression in (Compression[])[Compression.Snappy, Compression.None])
        {
            byte[] file = Tables.ToParquet(new ParquetWriterOptions { Compression = compression }, ratings);
            Report($"{compression}, all columns ({file.Length >> 10} KiB)", bytes, () => Tables.ReadParquet(file));
            Report($"{compression}, without checksums", bytes, () => Tables.ReadParquet(file, new ParquetReaderOptions { CheckSums = false }));
            foreach (Column column in ratings.Columns)
                Report($"{compression}, {column.Field.Name}", column.ValueBytes.Length, () => Read(file, column.Field.Name));
        }
    }

    // As MovieLens has them: sorted by user and item, few ratings, few items that many users have, times close together per user.
    private static RecordBatch Ratings()
    {
        Random random = new(42);
        int[] users = new int[Rows];
        int[] items = new int[Rows];
        float[] ratings = new float[Rows];
        long[] timestamps = new long[Rows];
        for (int i = 0; i < Rows; i++)
        {
            users[i] = (int)((long)i * Users / Rows);
            bool sameUser = i > 0 && users[i] == users[i - 1];
            items[i] = Math.Min(Items - 1, sameUser ? items[i - 1] + 1 + (int)(-Math.Log(1 - random.NextDouble()) * 20) : random.Next(20));
            ratings[i] = random.Next(1, 6);
            timestamps[i] = sameUser ? timestamps[i - 1] + random.Next(60) : 956_703_932 + random.Next(50_000_000);
        }

        Field[] fields =
            [new("user", ArrowType.Int32), new("item", ArrowType.Int32), new("rating", ArrowType.Float), new("timestamp", ArrowType.Int64)];
        return new RecordBatch(
            new Schema(fields),
            [
                Column.FromValues<int>(fields[0], users), Column.FromValues<int>(fields[1], items),
                Column.FromValues<float>(fields[2], ratings), Column.FromValues<long>(fields[3], timestamps),
            ]);
    }

    private static void Read(byte[] file, string column)
    {
        using ParquetReader reader = new(new MemoryStream(file));
        Tables.DisposeAll(reader.ReadBatches([column]));
    }

    private static void Report(string what, int bytes, Action work)
    {
        for (int i = 0; i < WarmUps; i++)
            work();
        double[] seconds = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        Console.WriteLine($"{what,-36} {bytes / seconds[Rounds / 2] / 1e9,7:F2} GB/s median {bytes / seconds[0] / 1e9,7:F2} GB/s best");
    }
}
