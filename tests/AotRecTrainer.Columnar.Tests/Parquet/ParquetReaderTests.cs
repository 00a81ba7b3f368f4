using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Columnar.Tests.Support;

namespace AotRecTrainer.Columnar.Tests.Parquet;

public sealed class ParquetReaderTests
{
    private static readonly Field User = new("user", ArrowType.Int32);
    private static readonly Field Title = new("title", ArrowType.Utf8, Nullable: true);

    [Fact]
    public void ReadBatches_RowLimit_NeverMixesRowGroups()
    {
        using RecordBatch batch = Users(250);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(new ParquetWriterOptions { RowGroupRows = 100 }, batch)));
        Assert.Equal([100L, 100, 50], Enumerable.Range(0, reader.RowGroupCount).Select(reader.RowGroupRows));
        List<RecordBatch> read = [.. reader.ReadBatches(maxRows: 60)];
        Assert.Equal([60, 40, 60, 40, 50], read.Select(part => part.Length));
        Assert.Equal(Enumerable.Range(0, 250), read.SelectMany(part => part["user"].Values<int>().ToArray()));
        Tables.DisposeAll(read);
    }

    [Fact]
    public void ReadBatches_SomeColumns_ComeInTheOrderAskedFor()
    {
        using RecordBatch batch = Users(3);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        using RecordBatch read = Assert.Single(reader.ReadBatches(["title", "user"]));
        Assert.Equal([Title, User], read.Schema.Fields);
        Assert.Equal("title 2", read["title"].GetString(2));
        using RecordBatch one = reader.ReadRowGroup(0, ["user"]);
        Assert.Equal([User], one.Schema.Fields);
    }

    [Fact]
    public void ReadBatches_UnknownColumn_SaysWhichThereAre()
    {
        using RecordBatch batch = Users(3);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => reader.ReadBatches(["user", "item"]));
        Assert.Equal("column item: not in the file, which has user, title", error.Message);
        Assert.Throws<ArgumentException>(() => reader.ReadBatches([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadBatches(maxRows: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ReadRowGroup(1));
    }

    [Fact]
    public void Metadata_OfSchemaAndOptions_IsInTheFooter()
    {
        Schema schema = new([User], new Dictionary<string, string> { ["a"] = "schema", ["b"] = "schema" });
        using RecordBatch batch = new(schema, [Column.FromValues<int>(User, [1])]);
        ParquetWriterOptions options = new() { KeyValueMetadata = new Dictionary<string, string> { ["b"] = "options", ["c"] = "ü" } };
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(options, batch)));
        Dictionary<string, string> expected = new() { ["a"] = "schema", ["b"] = "options", ["c"] = "ü" };
        Assert.Equal(expected, reader.KeyValueMetadata);
        Assert.Equal(expected, reader.Schema.Metadata);
    }

    [Fact]
    public void Dispose_LeaveOpen_DecidesTheStream()
    {
        using RecordBatch batch = Users(1);
        MemoryStream kept = new(Tables.ToParquet(null, batch));
        new ParquetReader(kept, leaveOpen: true).Dispose();
        Assert.True(kept.CanRead);
        new ParquetReader(kept).Dispose();
        Assert.False(kept.CanRead);
        using TrickleStream cannotSeek = new([]);
        Assert.Throws<ArgumentException>(() => new ParquetReader(cannotSeek));
    }

    [Fact]
    public void ReadRowGroup_ReaderDisposed_BatchLivesOn()
    {
        using RecordBatch batch = Users(10);
        ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        using RecordBatch read = reader.ReadRowGroup(0);
        reader.Dispose();
        Tables.AssertSame([batch], [read], "after the reader");
    }

    [Fact]
    public void ReadBatches_StoppedInTheMiddle_CanStartAgain()
    {
        using RecordBatch batch = Users(100);
        using ParquetReader reader = new(new MemoryStream(Tables.ToParquet(null, batch)));
        using (RecordBatch first = reader.ReadBatches(maxRows: 10).First())
            Assert.Equal(10, first.Length);
        using RecordBatch whole = Assert.Single(reader.ReadBatches());
        Tables.AssertSame([batch], [whole], "again");
    }

    private static RecordBatch Users(int rows) => new(
        new Schema([User, Title]),
        [
            Column.FromValues<int>(User, [.. Enumerable.Range(0, rows)]),
            Column.FromStrings(Title, [.. Enumerable.Range(0, rows).Select(i => i % 4 == 3 ? null : $"title {i}")]),
        ]);
}
