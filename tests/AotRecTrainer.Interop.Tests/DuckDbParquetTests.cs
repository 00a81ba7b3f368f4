using AotRecTrainer.Columnar.Arrow;
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
        CASE WHEN i % 3 > 0 THEN 'größe ' || (hash(i) % 100000)::VARCHAR END AS note, NULL::INTEGER AS missing
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "uncompressed")]
    [InlineData(1, "snappy")]
    [InlineData(5_000, "uncompressed")]
    [InlineData(5_000, "snappy")]
    [InlineData(300_000, "snappy")]
    public async Task File_EveryType_ReadsTheSame(int rows, string codec)
    {
        string path = _folder.File("theirs.parquet");
        await node.QueryAsync(
            $"COPY (SELECT {Columns} FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 20000)");
        (Schema schema, IReadOnlyList<RecordBatch> batches) = Files.ReadParquet(path, maxRows: 3_000);
        Assert.Equal(
            [ArrowType.Int8, ArrowType.Int16, ArrowType.Int32, ArrowType.Int64, ArrowType.Float, ArrowType.Double, ArrowType.Boolean,
                ArrowType.Boolean, ArrowType.Utf8, ArrowType.Utf8, ArrowType.Int32],
            schema.Fields.Select(field => field.Type));
        Assert.Equal(rows, batches.Sum(batch => batch.Length));

        // Every row of the small files, a sample of the large one.
        int step = rows > 10_000 ? 101 : 1;
        ForeignTable theirs = await node.QueryAsync(
            $"SELECT * EXCLUDE file_row_number FROM read_parquet('{path}', file_row_number = true) WHERE file_row_number % {step} = 0");
        theirs.AssertSame(schema, batches, $"{rows} rows, {codec}", step);
        Files.DisposeAll(batches);
    }
}
