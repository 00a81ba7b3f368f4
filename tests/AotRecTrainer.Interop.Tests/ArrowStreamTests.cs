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

    private static RecordBatch[] Batches(Random random) =>
        [.. Enumerable.Range(0, 3).Select(_ => WithNotes(RandomColumns.Batch(random, Types, random.Next(1, 100), random.Next(1, 60))))];

    private static RecordBatch WithNotes(RecordBatch batch) =>
        new(new Schema(batch.Schema.Fields, new Dictionary<string, string> { ["run"] = "ml-1m é", ["round"] = "3" }), batch.Columns);
}
