using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>Ratings that come in columns.</summary>
public sealed class ColumnarInputTests
{
    private const string Parquet = "Parquet";
    private const string ArrowFile = "Arrow file";
    private const string ArrowStream = "Arrow stream";

    public static TheoryData<string> Formats => [Parquet, ArrowFile, ArrowStream];

    [Theory, MemberData(nameof(Formats))]
    public void Read_ColumnsOfOtherTypesAndOrder_AreTheRows(string format)
    {
        RatingRow[] rows = RatingRows.Random(seed: 81, users: 50, items: 60, count: 1000);
        RatingTable table = Read(
            format,
            Column.FromValues<double>(new Field("rating", ArrowType.Double), [.. rows.Select(row => (double)row.Rating)]),
            Column.FromStrings(new Field("note", ArrowType.Utf8, Nullable: true), [.. rows.Select(_ => (string?)null)]),
            Column.FromValues<short>(new Field("item_id", ArrowType.Int16), [.. rows.Select(row => (short)row.Item)]),
            Column.FromValues<long>(new Field("timestamp", ArrowType.Int64), [.. rows.Select(row => row.Timestamp)]),
            Column.FromValues<int>(new Field("user_id", ArrowType.Int32), [.. rows.Select(row => (int)row.User)]));
        Assert.Equal(rows.OrderBy(row => row.User).ThenBy(row => row.Item), RatingRows.Of(table));
    }

    [Theory, MemberData(nameof(Formats))]
    public void Read_TextIds_AreText(string format)
    {
        RatingTable table = Read(
            format,
            Column.FromStrings(new Field("user", ArrowType.Utf8), ["b", "a", "b"]),
            Column.FromValues<long>(new Field("item", ArrowType.Int64), [1, 1, 2]),
            Column.FromValues<sbyte>(new Field("rating", ArrowType.Int8), [1, 2, 3]));
        Assert.Equal(("a", "b", false), (table.UserIds[0], table.UserIds[1], table.ItemIds.AreText));
        Assert.Equal([1f, 3f], table.Open().Read(1).Ratings.ToArray());
    }

    [Theory, MemberData(nameof(Formats))]
    public void Read_BadRows_FirstIsNamedAndAllAreCounted(string format) => Assert.Equal(
        $"file row 2: rating NaN is not a finite number; {(format == ArrowFile ? 6 : 3)} bad rows in all, nothing was written",
        Assert.Throws<RatingsFormatException>(() => Read(
            format,
            Column.FromValues(new Field("user", ArrowType.Int64, Nullable: true), [1L, 1, -1, 2], [true, true, true, false]),
            Column.FromValues<long>(new Field("item", ArrowType.Int64), [1, 2, 3, 4]),
            Column.FromValues<double>(new Field("rating", ArrowType.Double), [1, double.NaN, 3, 4]))).Message);

    [Theory, MemberData(nameof(Formats))]
    public void Read_MissingOrWrongColumns_AreNamed(string format)
    {
        var user = new Field("user", ArrowType.Int64);
        var item = new Field("item", ArrowType.Int64);
        Assert.Equal(
            "file: no column rating among user, item; say which column is meant",
            Assert.Throws<RatingsFormatException>(
                () => Read(format, Column.FromValues<long>(user, [1]), Column.FromValues<long>(item, [1]))).Message);
        Assert.Equal(
            "file: column rating is Utf8, expected numbers",
            Assert.Throws<RatingsFormatException>(() => Read(
                format, Column.FromValues<long>(user, [1]), Column.FromValues<long>(item, [1]),
                Column.FromStrings(new Field("rating", ArrowType.Utf8), ["4"]))).Message);
    }

    [Theory, InlineData(ArrowFile), InlineData(ArrowStream)]
    public void Read_DictionariesOfIds_AreLookedUp(string format)
    {
        RatingTable table = Read(
            format,
            Dictionary("user", [1, 0, 1], Column.FromStrings(new Field("", ArrowType.Utf8), ["b", "a"])),
            Dictionary("item", [0, 0, 1], Column.FromValues<long>(new Field("", ArrowType.Int64), [70, 60])),
            Column.FromValues<float>(new Field("rating", ArrowType.Float), [1, 2, 3]));
        Assert.Equal(("a", "b", "60", "70"), (table.UserIds[0], table.UserIds[1], table.ItemIds[0], table.ItemIds[1]));
        Assert.Equal([3f, 1f], table.Open().Read(0).Ratings.ToArray());

        static Column Dictionary(string name, int[] indices, Column values) => Column.FromDictionary(
            new Field(name, ArrowType.Dictionary(ArrowType.Int32, values.Field.Type)),
            Column.FromValues<int>(new Field("", ArrowType.Int32), indices), values);
    }

    [Theory]
    [InlineData(TimeUnit.Second, 1)]
    [InlineData(TimeUnit.Millisecond, 1_000)]
    [InlineData(TimeUnit.Microsecond, 1_000_000)]
    [InlineData(TimeUnit.Nanosecond, 1_000_000_000)]
    public void Read_Timestamps_BecomeSecondsRoundedDown(TimeUnit unit, long perSecond)
    {
        RatingTable table = Read(
            ArrowStream,
            Column.FromValues<int>(new Field("user", ArrowType.Int32), [1, 1]),
            Column.FromValues<int>(new Field("item", ArrowType.Int32), [1, 2]),
            Column.FromValues<int>(new Field("rating", ArrowType.Int32), [1, 2]),
            Column.FromValues<long>(new Field("timestamp", ArrowType.Timestamp(unit)), [(7 * perSecond) + (perSecond / 2), -1]));
        Assert.Equal([7L, -1L], table.Open().Read(0).Timestamps.ToArray());
    }

    [Fact]
    public void Read_ColumnsInAPipe_OnlyTheStreamCanBe()
    {
        byte[] stream = Write(ArrowStream, Ids("user"), Ids("item"), Ids("rating")), file = Write(ArrowFile, Ids("user"), Ids("item"), Ids("rating"));
        Assert.Equal(1, RatingsReader.Read(Pipe(stream), "file").Count);
        Assert.Equal(
            "file: ArrowFile in a pipe, in an archive or compressed, expected a file of its own",
            Assert.Throws<RatingsFormatException>(() => RatingsReader.Read(Pipe(file), "file")).Message);

        static Column Ids(string name) => Column.FromValues<int>(new Field(name, ArrowType.Int32), [1]);
        static Stream Pipe(byte[] content) => new RepeatingStream(content, 0, content.Length);
    }

    [Fact]
    public void Read_DamagedParquet_IsWrongInput()
    {
        var error = Assert.Throws<RatingsFormatException>(() => RatingsReader.Read(new MemoryStream("PAR1 and nothing more"u8.ToArray()), "file"));
        Assert.StartsWith("file: file: no PAR1 at its start and end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OwnShard_IsInputAgain()
    {
        RatingRow[] rows = RatingRows.Random(seed: 82, users: 9, items: 9, count: 50);
        using var bytes = new MemoryStream(Write(
            Parquet,
            Column.FromValues<int>(new Field("user", ArrowType.Int32), [.. rows.Select(row => (int)row.User)]),
            Column.FromValues<int>(new Field("item", ArrowType.Int32), [.. rows.Select(row => (int)row.Item)]),
            Column.FromValues<float>(new Field("rating", ArrowType.Float), [.. rows.Select(row => row.Rating)])));
        Assert.Equal(50, RatingsReader.Read(bytes, "file", new() { RatingsMax = 100 }).Count);
    }

    private static RatingTable Read(string format, params Column[] columns) =>
        RatingsReader.Read(new MemoryStream(Write(format, columns)), "file");

    private static byte[] Write(string format, params Column[] columns)
    {
        using var batch = new RecordBatch(new Schema([.. columns.Select(column => column.Field)]), columns);
        using var bytes = new MemoryStream();
        if (format == Parquet)
        {
            using var writer = new ParquetWriter(bytes, batch.Schema, new ParquetWriterOptions { RowGroupRows = 300 });
            writer.Write(batch);
            writer.Close();
        }
        else if (format == ArrowFile)
        {
            using var writer = new ArrowFileWriter(bytes, batch.Schema);
            writer.Write(batch);
            writer.Write(batch);
            writer.Close();
        }
        else
        {
            using var writer = new ArrowStreamWriter(bytes, batch.Schema);
            writer.Write(batch);
            writer.Close();
        }

        return bytes.ToArray();
    }
}
