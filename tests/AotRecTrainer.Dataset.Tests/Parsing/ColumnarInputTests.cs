using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Ipc;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Parsing;

/// <summary>Ratings that come in columns.</summary>
public sealed class ColumnarInputTests
{
    public static TheoryData<bool> Both => [true, false];

    [Theory, MemberData(nameof(Both))]
    public void Read_ColumnsOfOtherTypesAndOrder_AreTheRows(bool parquet)
    {
        RatingRow[] rows = RatingRows.Random(seed: 81, users: 50, items: 60, count: 1000);
        RatingTable table = Read(
            parquet,
            Column.FromValues<double>(new Field("rating", ArrowType.Double), [.. rows.Select(row => (double)row.Rating)]),
            Column.FromStrings(new Field("note", ArrowType.Utf8, Nullable: true), [.. rows.Select(_ => (string?)null)]),
            Column.FromValues<short>(new Field("item_id", ArrowType.Int16), [.. rows.Select(row => (short)row.Item)]),
            Column.FromValues<long>(new Field("timestamp", ArrowType.Int64), [.. rows.Select(row => row.Timestamp)]),
            Column.FromValues<int>(new Field("user_id", ArrowType.Int32), [.. rows.Select(row => (int)row.User)]));
        Assert.Equal(rows.OrderBy(row => row.User).ThenBy(row => row.Item), RatingRows.Of(table));
    }

    [Theory, MemberData(nameof(Both))]
    public void Read_TextIds_AreText(bool parquet)
    {
        RatingTable table = Read(
            parquet,
            Column.FromStrings(new Field("user", ArrowType.Utf8), ["b", "a", "b"]),
            Column.FromValues<long>(new Field("item", ArrowType.Int64), [1, 1, 2]),
            Column.FromValues<sbyte>(new Field("rating", ArrowType.Int8), [1, 2, 3]));
        Assert.Equal(("a", "b", false), (table.UserIds[0], table.UserIds[1], table.ItemIds.AreText));
        Assert.Equal([1f, 3f], table.Open().Read(1).Ratings.ToArray());
    }

    [Theory, MemberData(nameof(Both))]
    public void Read_BadRows_FirstIsNamedAndAllAreCounted(bool parquet) => Assert.Equal(
        "file row 2: rating NaN is not a finite number; 3 bad rows in all, nothing was written",
        Assert.Throws<RatingsFormatException>(() => Read(
            parquet,
            Column.FromValues(new Field("user", ArrowType.Int64, Nullable: true), [1L, 1, -1, 2], [true, true, true, false]),
            Column.FromValues<long>(new Field("item", ArrowType.Int64), [1, 2, 3, 4]),
            Column.FromValues<double>(new Field("rating", ArrowType.Double), [1, double.NaN, 3, 4]))).Message);

    [Theory, MemberData(nameof(Both))]
    public void Read_MissingOrWrongColumns_AreNamed(bool parquet)
    {
        var user = new Field("user", ArrowType.Int64);
        var item = new Field("item", ArrowType.Int64);
        Assert.Equal(
            "file: no column rating among user, item; say which column is meant",
            Assert.Throws<RatingsFormatException>(
                () => Read(parquet, Column.FromValues<long>(user, [1]), Column.FromValues<long>(item, [1]))).Message);
        Assert.Equal(
            "file: column rating is Utf8, expected a number",
            Assert.Throws<RatingsFormatException>(() => Read(
                parquet, Column.FromValues<long>(user, [1]), Column.FromValues<long>(item, [1]),
                Column.FromStrings(new Field("rating", ArrowType.Utf8), ["4"]))).Message);
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
            parquet: true,
            Column.FromValues<int>(new Field("user", ArrowType.Int32), [.. rows.Select(row => (int)row.User)]),
            Column.FromValues<int>(new Field("item", ArrowType.Int32), [.. rows.Select(row => (int)row.Item)]),
            Column.FromValues<float>(new Field("rating", ArrowType.Float), [.. rows.Select(row => row.Rating)])));
        Assert.Equal(50, RatingsReader.Read(bytes, "file", new() { RatingsMax = 100 }).Count);
    }

    private static RatingTable Read(bool parquet, params Column[] columns) =>
        RatingsReader.Read(new MemoryStream(Write(parquet, columns)), "file");

    private static byte[] Write(bool parquet, params Column[] columns)
    {
        using var batch = new RecordBatch(new Schema([.. columns.Select(column => column.Field)]), columns);
        using var bytes = new MemoryStream();
        if (parquet)
        {
            using var writer = new ParquetWriter(bytes, batch.Schema, new ParquetWriterOptions { RowGroupRows = 300 });
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
