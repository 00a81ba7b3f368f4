using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Hostile;

/// <summary>
/// Mutated files: reading one succeeds or fails with the format's own exception, within a bound of memory, and gives everything back.
/// AOTREC_LONG_TESTS=1 tries forty times as many.
/// </summary>
public sealed class FuzzTests
{
    private const int RowsMax = 300_000;
    private static readonly int Rounds = Environment.GetEnvironmentVariable("AOTREC_LONG_TESTS") == "1" ? 40 : 1;

    [Fact]
    public void Parquet_Mutated_FailsOnlyAsItShould()
    {
        List<(string Name, byte[] File)> files = [.. GoldenFiles.Names.Select(name => (name, GoldenFiles.Read(name)))];
        using RecordBatch batch = RandomColumns.Batch(new Random(4), [.. RandomColumns.FlatTypes, .. RandomColumns.FlatTypes], 60, distinct: 12);
        foreach (ParquetWriterOptions options in (ParquetWriterOptions[])
            [new() { PageRows = 16, RowGroupRows = 40 }, new() { Compression = Compression.None, Dictionary = false }])
        {
            files.Add(("ours", Tables.ToParquet(options, batch)));
        }

        Fuzz<ParquetFormatException>(files, firstSeed: 1, count: 3_000 * Rounds, ReadParquet);
    }

    [Fact]
    public void ArrowStream_Mutated_FailsOnlyAsItShould()
    {
        using RecordBatch batch = ArrowBatch();
        Fuzz<ArrowFormatException>([("stream", Tables.ToStream(batch, batch))], firstSeed: 1_000_000, count: 1_000 * Rounds, ReadStream);
    }

    [Fact]
    public void ArrowFile_Mutated_FailsOnlyAsItShould()
    {
        using RecordBatch batch = ArrowBatch();
        using MemoryStream file = new();
        using (ArrowFileWriter writer = new(file, batch.Schema))
        {
            writer.Write(batch);
            writer.Write(batch);
            writer.Close();
        }

        Fuzz<ArrowFormatException>([("file", file.ToArray())], firstSeed: 2_000_000, count: 1_000 * Rounds, ReadFile);
    }

    private static RecordBatch ArrowBatch() => RandomColumns.Batch(
        new Random(5),
        [.. RandomColumns.FlatTypes, .. RandomColumns.FlatTypes, .. RandomColumns.Dictionaries, ArrowType.FixedSizeList(ArrowType.Float, 3)],
        20,
        distinct: 9);

    private static void Fuzz<TException>(List<(string Name, byte[] File)> files, int firstSeed, int count, Action<byte[], BufferAllocator> read)
        where TException : Exception
    {
        int failed = 0;
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            (string name, byte[] file) = files[seed % files.Count];
            byte[] mutated = Mutator.Mutate(file, seed);
            CountingAllocator allocator = new();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Record.Exception(() => read(mutated, allocator));
            long bytes = allocator.PeakBytes + GC.GetAllocatedBytesForCurrentThread() - before;
            string replay = $"{name}, seed {seed}";
            Assert.True(error is null or TException, $"{replay}: {error}");
            Assert.True(bytes <= (4L * mutated.Length) + (64L << 20), $"{replay}: {bytes} bytes allocated for a file of {mutated.Length}");
            Assert.True(allocator.LiveBlocks == 0, $"{replay}: {allocator.LiveBlocks} blocks not given back");
            failed += error is null ? 0 : 1;
        }

        // Damage that never hurts, or always at the first look, would prove nothing.
        Assert.InRange(failed, count / 10, count * 99 / 100);
    }

    private static void ReadParquet(byte[] file, BufferAllocator allocator)
    {
        ParquetReaderOptions options = new() { Allocator = allocator, CheckSums = false };
        using ParquetReader reader = new(new MemoryStream(file), options: options);
        int rows = 0;
        foreach (RecordBatch batch in reader.ReadBatches([.. reader.Schema.Fields.Select(field => field.Name).DefaultIfEmpty("none")]))
        {
            rows += batch.Length;
            Touch(batch);
            if (rows > RowsMax)
                break;
        }
    }

    private static void ReadStream(byte[] bytes, BufferAllocator allocator)
    {
        using ArrowStreamReader reader = new(new MemoryStream(bytes), allocator);
        while (reader.ReadNext() is { } batch)
            Touch(batch);
    }

    private static void ReadFile(byte[] file, BufferAllocator allocator)
    {
        using ArrowFileReader reader = new(new MemoryStream(file), allocator: allocator);
        for (int i = 0; i < reader.BatchCount; i++)
            Touch(reader.ReadBatch(i));
    }

    // What was read must be readable: every offset and index inside of its buffer, every text well-formed.
    private static void Touch(RecordBatch batch)
    {
        using (batch)
        {
            foreach (Column column in batch.Columns)
            {
                for (int row = 0; row < Math.Min(column.Length, 1_000); row++)
                {
                    if (column.Field.Type.Id == ArrowTypeId.Utf8 || column.Field.Type.Element?.Id == ArrowTypeId.Utf8)
                        Assert.DoesNotContain('\uFFFD', column.GetString(row) ?? "");
                    else if (column.Dictionary is { } dictionary && !column.IsNull(row))
                        Assert.InRange(column.GetDictionaryIndex(row), 0, dictionary.Length - 1);
                }
            }
        }
    }
}
