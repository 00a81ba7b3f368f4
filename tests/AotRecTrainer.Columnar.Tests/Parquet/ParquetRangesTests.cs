using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class ParquetRangesTests
{
    private const int Rows = 200_000;
    private const int GroupRows = 40_000;

    private readonly CountingAllocator _allocator = new();

    [Fact]
    public async Task ReadBatchesAsync_WholeFile_GivesTheSameAsAStream()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        List<RecordBatch> read = await ReadAsync(reader.ReadBatchesAsync(maxRows: 7_000));
        Tables.AssertSame([batch], read, "ranges");
        Tables.DisposeAll(read);
        Assert.Equal(0, _allocator.LiveBlocks);
    }

    [Fact]
    public async Task OpenAsync_SmallFooter_TakesOneReadOfTheEnd()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file);
        (long offset, int length) = Assert.Single(file.Reads);
        Assert.Equal(file.Length, offset + length);
        Assert.InRange(length, 8, 1 << 16);
    }

    [Fact]
    public async Task OpenAsync_LargeFooter_TakesASecondRead()
    {
        Schema schema = new([new Field("n", ArrowType.Int32)], new Dictionary<string, string> { ["long"] = new('x', 100_000) });
        using RecordBatch batch = new(schema, [Column.FromValues<int>(schema.Fields[0], [1, 2])]);
        RangedFile file = new(Tables.ToParquet(null, batch));
        using ParquetReader reader = await ParquetReader.OpenAsync(file);
        Assert.Equal(100_000, reader.KeyValueMetadata["long"].Length);
        Assert.Equal(2, file.Reads.Count);
    }

    [Fact]
    public async Task ReadBatchesAsync_OneColumnOfThree_ReadsItsBytesOnly()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        int before = file.Reads.Count;
        Tables.DisposeAll(await ReadAsync(reader.ReadBatchesAsync(["b"])));
        Assert.Equal(Rows / GroupRows, file.Reads.Count - before);
        Assert.InRange(file.Reads.Skip(before).Sum(read => read.Length), 1, file.Length / 2);
    }

    [Fact]
    public async Task ReadBatchesAsync_AllColumns_ReadsARowGroupInOneGo()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        Tables.DisposeAll(await ReadAsync(reader.ReadBatchesAsync()));
        Assert.Equal(1 + (Rows / GroupRows), file.Reads.Count);
    }

    [Fact]
    public async Task ReadBatchesAsync_WhileOneRowGroupIsUsed_FetchesTheNextAndNoMore()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        int group = 0;
        await foreach (RecordBatch read in reader.ReadBatchesAsync(maxRows: GroupRows))
        {
            read.Dispose();
            group++;
            Assert.Equal(1 + Math.Min(Rows / GroupRows, group + 1), file.Reads.Count);
        }

        // Two row groups of bytes, a page and a batch, whatever the number of row groups.
        Assert.InRange(_allocator.PeakBytes, 1, GroupRows * 20 * 4);
    }

    [Fact]
    public async Task ReadBatchesAsync_StoppedInTheMiddle_GivesEverythingBack()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        await foreach (RecordBatch read in reader.ReadBatchesAsync(maxRows: 100))
        {
            read.Dispose();
            break;
        }

        Assert.Equal(0, _allocator.LiveBlocks);
    }

    [Fact]
    public async Task ReadBatchesAsync_Cancelled_EndsTheWaitAndGivesEverythingBack()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using CancellationTokenSource cancelled = new();
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        file.Hold = (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation);
        Task<List<RecordBatch>> reading = ReadAsync(reader.ReadBatchesAsync(cancellationToken: cancelled.Token));
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(0, _allocator.LiveBlocks);
    }

    [Fact]
    public async Task ReadBatchesAsync_AReadFails_PassesTheErrorOnAfterWhatWasReadBefore()
    {
        using RecordBatch batch = Batch();
        RangedFile file = File(batch);
        using ParquetReader reader = await ParquetReader.OpenAsync(file, Options());
        file.Hold = (offset, _) => offset > file.Length / 2 ? throw new IOException("gone") : Task.CompletedTask;
        int rows = 0;
        IOException error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (RecordBatch read in reader.ReadBatchesAsync())
            {
                rows += read.Length;
                read.Dispose();
            }
        });
        Assert.Equal("gone", error.Message);
        Assert.InRange(rows, GroupRows, Rows - GroupRows);
        Assert.Equal(0, _allocator.LiveBlocks);
    }

    [Fact]
    public void Read_BeyondTheMemoryLimit_SaysSoAndFewerRowsFit()
    {
        using RecordBatch batch = Batch();
        byte[] file = Tables.ToParquet(new ParquetWriterOptions { PageRows = 1_000 }, batch);
        using ParquetReader reader = new(new MemoryStream(file), options: Options() with { MemoryLimit = 1 << 20 });
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => reader.ReadRowGroup(0));
        Assert.Contains("expected at most 1048576 (fewer rows at a time, or a higher limit of memory)", error.Message, StringComparison.Ordinal);
        Tables.DisposeAll(reader.ReadBatches(maxRows: 5_000));
        Assert.Equal(0, _allocator.LiveBlocks);
    }

    private static RecordBatch Batch()
    {
        Field[] fields = [new("a", ArrowType.Int64), new("b", ArrowType.Float, Nullable: true), new("c", ArrowType.Int32)];
        return new RecordBatch(new Schema(fields), [.. fields.Select((field, i) => RandomColumns.Create(new Random(i), field, Rows))]);
    }

    private static RangedFile File(RecordBatch batch) => new(Tables.ToParquet(new ParquetWriterOptions { RowGroupRows = GroupRows }, batch));

    private static async Task<List<RecordBatch>> ReadAsync(IAsyncEnumerable<RecordBatch> batches)
    {
        List<RecordBatch> read = [];
        await foreach (RecordBatch batch in batches)
            read.Add(batch);
        return read;
    }

    private ParquetReaderOptions Options() => new() { Allocator = _allocator };
}
