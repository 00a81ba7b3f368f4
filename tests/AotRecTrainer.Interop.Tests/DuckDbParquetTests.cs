using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Interop.Tests.Support;

namespace AotRecTrainer.Interop.Tests;

/// <summary>DuckDB's Parquet files in our reader: its values must be those that DuckDB itself reads.</summary>
public sealed class DuckDbParquetTests(NodeFixture node) : IDisposable
{
    // Values that repeat and values that do not, the extremes, and nulls in every third row of every second column.
    private const string Columns = """
        (i % 251 - 125)::TINYINT AS tiny, CASE WHEN i % 3 = 0 THEN NULL ELSE (hash(i) % 60000)::INTEGER - 30000 END::SMALLINT AS small,
        ((hash(i) % 4294967296)::BIGINT - 2147483648)::INTEGER AS number, CASE WHEN i % 3 > 0 THEN i * 1000000007 - 9223372036 END AS big,
        (i % 11)::FLOAT / 7 AS ratio, CASE WHEN i % 3 > 0 THEN sqrt(i) END AS root, i % 5 = 1 AS flag,
        CASE WHEN i % 3 > 0 THEN i % 7 > 2 END AS maybe, 'user ' || i % 40 AS name,
        CASE WHEN i % 3 > 0 THEN 'größe ' || (hash(i) % 100000)::VARCHAR END AS note, NULL::INTEGER AS missing,
        (i % 256)::UTINYINT AS u8, (hash(i) % 65536)::USMALLINT AS u16, (hash(i) % 4294967296)::UINTEGER AS u32, (hash(i) // 2)::UBIGINT AS u64,
        epoch_ms(i * 86400123) AS moment, make_timestamp_ns(i * 1000000000 + 7) AS nanos, to_timestamp(i * 1000) AS zoned
        """;

    private static readonly ArrowType[] Types =
    [
        ArrowType.Int8, ArrowType.Int16, ArrowType.Int32, ArrowType.Int64, ArrowType.Float, ArrowType.Double, ArrowType.Boolean,
        ArrowType.Boolean, ArrowType.Utf8, ArrowType.Utf8, ArrowType.Int32, ArrowType.Int16, ArrowType.Int32, ArrowType.Int64,
        ArrowType.Int64, ArrowType.Timestamp(TimeUnit.Microsecond), ArrowType.Timestamp(TimeUnit.Nanosecond),
        ArrowType.Timestamp(TimeUnit.Microsecond, "UTC"),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Grid => new MatrixTheoryData<string, string>(
        ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4_raw"], ["V1", "V2"]);

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Grid))]
    public Task File_EveryTypeCodecAndVersion_ReadsTheSame(string codec, string version) => CompareAsync(5_000, codec, version, step: 1);

    [Theory, InlineData(0), InlineData(1), InlineData(2_047)]
    public Task File_FewRows_ReadsTheSame(int rows) => CompareAsync(rows, "snappy", "V2", step: 1);

    [Theory, InlineData("V1"), InlineData("V2")]
    public Task File_ManyRowGroups_ReadsTheSame(string version) => CompareAsync(300_000, "snappy", version, step: 101);

    [Fact]
    public async Task File_WithColumnsThatCannotBeRead_TellsWhichAndReadsTheOthers()
    {
        string path = _folder.File("mixed.parquet");
        await node.QueryAsync(
            $$"""
            COPY (SELECT i AS n, [i, i + 1] AS list, {'x': i, 'y': 2} AS pair, (i / 4)::DECIMAL(9, 2) AS price, DATE '2024-01-01' AS day,
            TIME '12:00:00' AS hour, 'a'::BLOB AS bytes, uuid() AS id, 'last' AS last FROM range(9) t(i)) TO '{{path}}' (FORMAT parquet)
            """);
        using ParquetReader reader = new(File.OpenRead(path));
        Assert.Equal(["n", "last"], reader.Schema.Fields.Select(field => field.Name));
        Assert.Equal("Int32 standing for Decimal is not supported", reader.Unreadable["price"]);
        Assert.Equal("Int32 standing for Date is not supported", reader.Unreadable["day"]);
        Assert.Equal("Int64 standing for TimeMicroseconds is not supported", reader.Unreadable["hour"]);
        Assert.Equal("byte arrays that are not marked as text are not supported", reader.Unreadable["bytes"]);
        Assert.Equal("byte arrays of a fixed length are not supported", reader.Unreadable["id"]);
        Assert.Equal("nested columns are not supported", reader.Unreadable["pair.x"]);
        ParquetFormatException all = Assert.Throws<ParquetFormatException>(() => reader.ReadBatches());
        Assert.EndsWith("nested columns are not supported; other columns can be read by their names", all.Message, StringComparison.Ordinal);
        ParquetFormatException one = Assert.Throws<ParquetFormatException>(() => reader.ReadBatches(["n", "day"]));
        Assert.Equal("column day: Int32 standing for Date is not supported", one.Message);
        using RecordBatch batch = Assert.Single(reader.ReadBatches(["last", "n"]));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], batch["n"].Values<long>().ToArray());
        Assert.Equal("last", batch["last"].GetString(8));
    }

    [Fact]
    public async Task File_UnsignedBeyondWhatFits_SaysWhich()
    {
        string path = _folder.File("unsigned.parquet");
        await node.QueryAsync($"COPY (SELECT 18446744073709551615::UBIGINT AS n) TO '{path}' (FORMAT parquet)");
        ParquetFormatException error = Assert.Throws<ParquetFormatException>(() => Files.ReadParquet(path));
        Assert.Equal("row group 0, column n: value 18446744073709551615 does not fit Int64", error.Message);
    }

    private async Task CompareAsync(int rows, string codec, string version, int step)
    {
        string path = _folder.File("theirs.parquet");
        await node.QueryAsync(
            $"""
            COPY (SELECT {Columns} FROM range({rows}) t(i)) TO '{path}'
            (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version}, ROW_GROUP_SIZE 20000)
            """);
        (Schema schema, IReadOnlyList<RecordBatch> batches) = Files.ReadParquet(path, maxRows: 3_000);
        Assert.Equal(Types, schema.Fields.Select(field => field.Type));
        Assert.Equal(rows, batches.Sum(batch => batch.Length));
        ForeignTable theirs = await node.QueryAsync(
            $"""
            SELECT * EXCLUDE file_row_number REPLACE (epoch_us(moment) AS moment, epoch_ns(nanos) AS nanos, epoch_us(zoned) AS zoned)
            FROM read_parquet('{path}', file_row_number = true) WHERE file_row_number % {step} = 0
            """);
        theirs.AssertSame(schema, batches, $"{rows} rows, {codec}, {version}", step);
        Files.DisposeAll(batches);
    }
}
