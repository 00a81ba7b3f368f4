using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Interop.Tests.Support;
using AotRecTrainer.Testing;

namespace AotRecTrainer.Interop.Tests;

/// <summary>Our Parquet files in other people's readers.</summary>
public sealed class OurParquetTests(NodeFixture node) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_RandomColumnsAndOptions_ReadsTheSameInDuckDbAndHyparquet()
    {
        for (int seed = 100; seed < 124; seed++)
        {
            Random random = new(seed);
            ParquetWriterOptions options = new()
            {
                Compression = random.Next(2) == 0 ? Compression.Snappy : Compression.None,
                Dictionary = random.Next(2) == 0,
                PageRows = random.GetItems([3, 100, 1 << 16], 1)[0],
                RowGroupRows = random.GetItems([50, 1 << 20], 1)[0],
            };
            ArrowType[] types = [.. RandomColumns.FlatTypes, .. RandomColumns.FlatTypes.Reverse()];
            RecordBatch[] batches = [.. Enumerable.Range(0, 2).Select(_ => RandomColumns.Batch(random, types, random.Next(1, 400), 60))];
            string path = _folder.File($"{seed}.parquet");
            Files.WriteParquet(path, options, batches);
            (await node.QueryAsync($"SELECT * FROM read_parquet('{path}')")).AssertSame(batches[0].Schema, batches, $"DuckDB, seed {seed}");
            (await node.ReadWithHyparquetAsync(path)).AssertSame(batches[0].Schema, batches, $"hyparquet, seed {seed}");
            Files.DisposeAll(batches);
        }
    }

    [Fact]
    public async Task Schema_EveryType_IsTheSameInDuckDb()
    {
        Field[] fields = [.. RandomColumns.FlatTypes.Select(type => new Field($"{type}", type)), new Field("größe", ArrowType.Utf8, Nullable: true)];
        using RecordBatch batch = new(new Schema(fields), [.. fields.Select(field => RandomColumns.Create(new Random(1), field, 3))]);
        string path = _folder.File("schema.parquet");
        Files.WriteParquet(path, null, batch);
        ForeignTable table = await node.QueryAsync($"SELECT * FROM read_parquet('{path}')");
        Assert.Equal(["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "BOOLEAN", "VARCHAR", "VARCHAR"], table.Types);
        ForeignTable repetition = await node.QueryAsync($"SELECT repetition_type FROM parquet_schema('{path}') WHERE type IS NOT NULL");
        Assert.Equal([.. Enumerable.Repeat("REQUIRED", 8), "OPTIONAL"], repetition.Texts(0));
    }

    [Fact]
    public async Task Footer_RowGroupsAndNotes_AreTheSameInDuckDb()
    {
        Field field = new("n", ArrowType.Int32);
        Schema schema = new([field], new Dictionary<string, string> { ["shard"] = "7 of 12 é" });
        using RecordBatch batch = new(schema, [Column.FromValues<int>(field, [.. Enumerable.Range(0, 2_500)])]);
        string path = _folder.File("groups.parquet");
        Files.WriteParquet(path, new ParquetWriterOptions { RowGroupRows = 1_000 }, batch);
        ForeignTable groups = await node.QueryAsync(
            $"SELECT row_group_num_rows, compression, path_in_schema FROM parquet_metadata('{path}') ORDER BY row_group_id");
        Assert.Equal(["1000", "1000", "500"], groups.Texts(0));
        Assert.Equal(["SNAPPY", "SNAPPY", "SNAPPY"], groups.Texts(1));
        ForeignTable notes = await node.QueryAsync($"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')");
        Assert.Equal(["shard"], notes.Texts(0));
        Assert.Equal(["7 of 12 é"], notes.Texts(1));
        ForeignTable sum = await node.QueryAsync($"SELECT sum(n)::BIGINT FROM read_parquet('{path}') WHERE n >= 2000");
        Assert.Equal([$"{Enumerable.Range(2_000, 500).Sum()}"], sum.Texts(0));
    }

    [Fact]
    public async Task Timestamps_EveryUnit_AreTheSameInDuckDb()
    {
        Field[] fields = [.. RandomColumns.Timestamps.Select(type => new Field(type.ToString(), type))];
        long[] values = [0, 1_700_000_000_123, -1];
        using RecordBatch batch = new(new Schema(fields), [.. fields.Select(field => Column.FromValues<long>(field, values))]);
        string path = _folder.File("moments.parquet");
        Files.WriteParquet(path, null, batch);
        ForeignTable table = await node.QueryAsync($"SELECT * FROM read_parquet('{path}')");
        const string Zoned = "TIMESTAMP WITH TIME ZONE";
        Assert.Equal([Zoned, Zoned, Zoned, "TIMESTAMP", "TIMESTAMP", "TIMESTAMP_NS"], table.Types);
        string numbers = string.Join(", ", fields.Select(field => $"epoch_ns(\"{field.Name}\")"));
        ForeignTable nanoseconds = await node.QueryAsync($"SELECT {numbers} FROM read_parquet('{path}')");
        for (int i = 0; i < fields.Length; i++)
        {
            long factor = fields[i].Type.Unit switch { TimeUnit.Millisecond => 1_000_000, TimeUnit.Microsecond => 1_000, _ => 1 };
            Assert.Equal(values.Select(value => $"{NanosecondsAsDuckDbKeepsThem(value * factor, fields[i].Type)}"), nanoseconds.Texts(i));
        }
    }

    [Fact]
    public async Task Statistics_EveryType_AreTheSameInDuckDb()
    {
        Field[] fields = [.. RandomColumns.FlatTypes.Select(type => new Field($"{type}", type, Nullable: true))];
        bool[] valid = [true, true, false, true];
        Schema schema = new(fields);
        using RecordBatch batch = new(
            schema,
            [
                Column.FromValues<sbyte>(fields[0], [5, -3, 100, 4], valid), Column.FromValues<short>(fields[1], [500, -300, 1_000, 4], valid),
                Column.FromValues<int>(fields[2], [70_000, -5, -99_999, 4], valid), Column.FromValues<long>(fields[3], [1L << 40, -7, 1L << 50, 4], valid),
                Column.FromValues<float>(fields[4], [0.5f, float.NaN, -9, -1.5f], valid), Column.FromValues<double>(fields[5], [0.25, -0.0, -9, 0.0], valid),
                Column.FromValues<bool>(fields[6], [false, true, true, true], valid), Column.FromStrings(fields[7], ["b", "é", null, "a"]),
            ]);
        string path = _folder.File("statistics.parquet");
        Files.WriteParquet(path, null, batch);
        ForeignTable found = await node.QueryAsync(
            $"SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('{path}') ORDER BY column_id");
        Assert.Equal(["-3", "-300", "-5", "-7", "-1.5", "-0.0", "false", "a"], found.Texts(0));
        Assert.Equal(["5", "500", "70000", "1099511627776", "0.5", "0.25", "true", "é"], found.Texts(1));
        Assert.All(found.Texts(2), nulls => Assert.Equal("1", nulls));
    }

    [Fact]
    public async Task File_Empty_ReadsAsEmptyInBoth()
    {
        using RecordBatch batch = RandomColumns.Batch(new Random(1), RandomColumns.FlatTypes, 0);
        string path = _folder.File("empty.parquet");
        Files.WriteParquet(path, null, batch);
        (await node.QueryAsync($"SELECT * FROM read_parquet('{path}')")).AssertSame(batch.Schema, [batch], "DuckDB");
        (await node.ReadWithHyparquetAsync(path)).AssertSame(batch.Schema, [batch], "hyparquet");
    }

    // DuckDB has no zoned timestamps finer than microseconds.
    private static long NanosecondsAsDuckDbKeepsThem(long nanoseconds, ArrowType type) =>
        type is { Unit: TimeUnit.Nanosecond, TimeZone: not null } ? nanoseconds / 1_000 * 1_000 : nanoseconds;
}
