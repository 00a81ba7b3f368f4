using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Interop.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Interop.Tests;

/// <summary>IPC streams between us and the JavaScript apache-arrow.</summary>
public sealed class ArrowStreamTests(NodeFixture node) : IDisposable
{
    private static readonly ArrowType[] Types =
    [
        .. RandomColumns.FlatTypes, .. RandomColumns.FlatTypes.Reverse(),
        ArrowType.FixedSizeList(ArrowType.Float, 10), ArrowType.FixedSizeList(ArrowType.Int64, 1),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stream_OfOurs_ReadsTheSame()
    {
        for (int seed = 200; seed < 215; seed++)
        {
            RecordBatch[] batches = Batches(new Random(seed));
            string path = _folder.File($"{seed}.arrows");
            Files.WriteStream(path, batches);
            ForeignTable table = await node.ReadWithArrowAsync(path);
            table.AssertSame(batches[0].Schema, batches, $"seed {seed}");
            Assert.Equal(batches[0].Schema.Metadata, table.Metadata);
            Assert.Equal(
                ["Int8", "Int16?", "Int32", "Int64?", "Float32", "Float64?", "Bool", "Utf8?"],
                table.Types.Take(8));
            Assert.Equal(["FixedSizeList[10]<Float32>", "FixedSizeList[1]<Int64>?"], table.Types.TakeLast(2));
            Files.DisposeAll(batches);
        }
    }

    [Fact]
    public async Task Stream_OfTheirs_ReadsTheSame()
    {
        for (int seed = 300; seed < 315; seed++)
        {
            RecordBatch[] batches = Batches(new Random(seed));
            string path = _folder.File($"{seed}.arrows");
            await node.WriteWithArrowAsync(path, "stream", batches);
            (Schema schema, IReadOnlyList<RecordBatch> read) = Files.ReadStream(path);
            Assert.Equal(batches[0].Schema.Fields, schema.Fields);
            Assert.Equal(batches[0].Schema.Metadata, schema.Metadata);
            for (int c = 0; c < schema.Fields.Count; c++)
            {
                string? difference = ColumnCells.FirstDifference(ColumnCells.Of(batches, c), ColumnCells.Of(read, c));
                Assert.True(difference is null, $"seed {seed}, column {schema.Fields[c]}: {difference}");
            }

            Files.DisposeAll([.. batches, .. read]);
        }
    }

    [Fact]
    public async Task File_OfOurs_ReadsTheSame()
    {
        RecordBatch[] batches = Batches(new Random(400));
        string path = _folder.File("ours.arrow");
        Files.WriteArrowFile(path, batches);
        ForeignTable table = await node.ReadWithArrowAsync(path);
        table.AssertSame(batches[0].Schema, batches, "file");
        Assert.Equal(batches.Length, table.Batches);
        Assert.Equal(batches[0].Schema.Metadata, table.Metadata);
        Files.DisposeAll(batches);
    }

    [Fact]
    public async Task File_OfTheirs_ReadsTheSame()
    {
        RecordBatch[] batches = Batches(new Random(401));
        string path = _folder.File("theirs.arrow");
        await node.WriteWithArrowAsync(path, "file", batches);
        (Schema schema, IReadOnlyList<RecordBatch> read) = Files.ReadArrowFile(path);
        Assert.Equal(batches[0].Schema.Fields, schema.Fields);
        for (int c = 0; c < schema.Fields.Count; c++)
            Assert.Null(ColumnCells.FirstDifference(ColumnCells.Of(batches, c), ColumnCells.Of(read, c)));
        Files.DisposeAll([.. batches, .. read]);
    }

    [Theory, InlineData("stream"), InlineData("file")]
    public async Task Dictionaries_OfTheirs_ReadTheSame(string format)
    {
        string path = _folder.File("dictionaries");
        await node.WriteDictionariesWithArrowAsync(path, format, [["war", "drama", "war", null], ["drama", "war"], ["comedy", "war", "horror"]]);
        (Schema schema, IReadOnlyList<RecordBatch> read) = format == "file" ? Files.ReadArrowFile(path) : Files.ReadStream(path);
        Assert.Equal(ArrowType.Dictionary(ArrowType.Int32, ArrowType.Utf8), Assert.Single(schema.Fields).Type);
        Assert.Equal(
            ["war", "drama", "war", null, "drama", "war", "comedy", "war", "horror"],
            ColumnCells.Of(read, 0));
        Files.DisposeAll(read);
    }

    [Fact]
    public async Task Dictionaries_OfOurs_ReadTheSame()
    {
        Random random = new(402);
        RecordBatch[] batches = [.. Enumerable.Range(0, 3).Select(_ => RandomColumns.Batch(random, RandomColumns.Dictionaries, 50, 9))];
        string path = _folder.File("dictionaries.arrows");
        Files.WriteStream(path, batches);
        (await node.ReadWithArrowAsync(path)).AssertSame(batches[0].Schema, batches, "dictionaries");
        Files.DisposeAll(batches);
    }

    [Fact]
    public async Task Timestamps_OfOurs_HaveTheSameTypes()
    {
        ArrowType[] types = [.. RandomColumns.Timestamps, ArrowType.Timestamp(TimeUnit.Second, "Europe/Berlin")];
        using RecordBatch batch = RandomColumns.Batch(new Random(403), types, 3);
        string path = _folder.File("moments.arrows");
        Files.WriteStream(path, batch);
        ForeignTable table = await node.ReadWithArrowAsync(path);
        Assert.Equal("Timestamp<SECOND, Europe/Berlin>", table.Types[^1]);
        Assert.Equal("Timestamp<NANOSECOND>?", table.Types[5]);
    }

    private static RecordBatch[] Batches(Random random) =>
        [.. Enumerable.Range(0, 3).Select(_ => WithNotes(RandomColumns.Batch(random, Types, random.Next(1, 100), random.Next(1, 60))))];

    private static RecordBatch WithNotes(RecordBatch batch) =>
        new(new Schema(batch.Schema.Fields, new Dictionary<string, string> { ["run"] = "ml-1m é", ["round"] = "3" }), batch.Columns);
}
