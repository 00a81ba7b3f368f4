using System.Security.Cryptography;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Reading;

/// <summary>Shards with the right checksum and wrong rows, as a faulty writer would leave them.</summary>
public sealed class ForgedShardTests
{
    private static readonly Field s_user = new("user", ArrowType.Int32);
    private static readonly Field s_item = new("item", ArrowType.Int32);
    private static readonly Field s_rating = new("rating", ArrowType.Float);

    [Fact]
    public async Task ReadShard_ForgedButRight_IsRead() => Assert.Null(await ProblemAsync(Columns([0, 0, 1], [1, 2, 0], [1, 2, 5])));

    [Theory]
    [InlineData(new[] { 0, 2, 1 }, new[] { 1, 2, 0 }, "row 1: user 2, expected 0 .. 1")]
    [InlineData(new[] { -1, 0, 1 }, new[] { 1, 2, 0 }, "row 0: user -1, expected 0 .. 1")]
    [InlineData(new[] { 0, 0, 1 }, new[] { 1, 3, 0 }, "row 1: item 3, expected 0 .. 2")]
    [InlineData(new[] { 0, 1, 0 }, new[] { 1, 2, 2 }, "row 2: user 0, item 2 after user 1, item 2, expected ascending order")]
    [InlineData(new[] { 0, 0, 1 }, new[] { 2, 1, 0 }, "row 1: user 0, item 1 after user 0, item 2, expected ascending order")]
    [InlineData(new[] { 0, 0, 1 }, new[] { 1, 1, 0 }, "row 1: user 0, item 1 after user 0, item 1, expected ascending order")]
    public async Task ReadShard_RowsOutOfRangeOrOrder_AreNamed(int[] users, int[] items, string problem) =>
        Assert.Equal($"train/shard-00000.parquet: {problem}", await ProblemAsync(Columns(users, items, [1, 2, 5])));

    [Theory]
    [InlineData(float.NaN, "row 1: rating NaN, expected 1 .. 5")]
    [InlineData(5.5f, "row 1: rating 5.5, expected 1 .. 5")]
    [InlineData(float.NegativeInfinity, "row 1: rating -Infinity, expected 1 .. 5")]
    public async Task ReadShard_RatingOffTheScale_IsNamed(float rating, string problem) =>
        Assert.Equal($"train/shard-00000.parquet: {problem}", await ProblemAsync(Columns([0, 0, 1], [1, 2, 0], [1, rating, 5])));

    [Fact]
    public async Task ReadShard_OneRowLess_IsNamed() =>
        Assert.Equal("train/shard-00000.parquet: 2 rows, expected 3", await ProblemAsync(Columns([0, 1], [1, 2], [1, 2])));

    [Fact]
    public async Task ReadShard_Null_IsNamed()
    {
        Field optional = s_rating with { Nullable = true };
        Assert.Equal("train/shard-00000.parquet: 1 nulls in column rating, expected none", await ProblemAsync(
        [
            Column.FromValues<int>(s_user, [0, 0, 1]),
            Column.FromValues<int>(s_item, [1, 2, 0]),
            Column.FromValues(optional, [1f, 2f, 5f], [true, false, true]),
        ]));
    }

    [Fact]
    public async Task ReadShard_OtherColumns_AreNamed() => Assert.Equal(
        "train/shard-00000.parquet: columns are user Int32, item Int32, rating Double, expected user Int32, item Int32, rating Float",
        await ProblemAsync(
        [
            Column.FromValues<int>(s_user, [0, 0, 1]),
            Column.FromValues<int>(s_item, [1, 2, 0]),
            Column.FromValues(new Field("rating", ArrowType.Double), [1.0, 2.0, 5.0]),
        ]));

    [Fact]
    public async Task ReadShard_NotParquet_NamesTheFile()
    {
        using MemoryObjectStore store = await ForgeAsync("not a file of columns at all"u8.ToArray());
        var error = await Assert.ThrowsAsync<DatasetException>(() => Datasets.ReadAllAsync(store));
        Assert.Equal("train/shard-00000.parquet: file: no PAR1 at its start and end, expected a Parquet file", error.Message);
    }

    private static Column[] Columns(int[] users, int[] items, float[] ratings) =>
    [
        Column.FromValues<int>(s_user, users), Column.FromValues<int>(s_item, items), Column.FromValues<float>(s_rating, ratings),
    ];

    private static async Task<string?> ProblemAsync(Column[] columns)
    {
        using var bytes = new MemoryStream();
        var schema = new Schema([.. columns.Select(column => column.Field)]);
        using (var batch = new RecordBatch(schema, columns))
        using (var writer = new ParquetWriter(bytes, schema))
        {
            writer.Write(batch);
            writer.Close();
        }

        using MemoryObjectStore store = await ForgeAsync(bytes.ToArray());
        return (await Record.ExceptionAsync(() => Datasets.ReadAllAsync(store)) as DatasetException)?.Message;
    }

    // Two users, three items and three ratings in one shard, whose train file is replaced and vouched for.
    private static async Task<MemoryObjectStore> ForgeAsync(byte[] train)
    {
        var store = new MemoryObjectStore();
        DatasetManifest manifest = await new DatasetWriter(store, new() { Shards = 1, Holdout = 0 }).WriteAsync(
            RatingText.Parse("userId,movieId,rating\n10,21,1\n10,22,2\n11,20,5\n"));
        store[DatasetKeys.Train(0)] = train;
        FileEntry forged = manifest.Shards[0].Train with
        {
            Bytes = train.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(train)),
        };
        store[DatasetKeys.Manifest] = (manifest with { Shards = [manifest.Shards[0] with { Train = forged }] }).ToJson();
        return store;
    }
}
