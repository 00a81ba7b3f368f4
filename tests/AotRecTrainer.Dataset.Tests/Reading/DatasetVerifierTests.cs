using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Splits;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Reading;

/// <summary>What only all of the rows together can show.</summary>
public sealed class DatasetVerifierTests
{
    [Theory]
    [InlineData(SplitKind.Random)]
    [InlineData(SplitKind.LeaveLast)]
    [InlineData(SplitKind.Time)]
    public async Task Verify_WholeDataSet_IsWhole(SplitKind split)
    {
        using var store = new MemoryObjectStore();
        RatingTable table = RatingText.Table(RatingRows.Random(seed: 111, users: 40, items: 50, count: 900));
        var options = new DatasetWriterOptions { Shards = 3, Split = split, LastRatings = 4, Cutoff = 1_700_000_000 };
        DatasetManifest manifest = await new DatasetWriter(store, options).WriteAsync(table);
        Assert.Equal(manifest.ToJson(), (await DatasetVerifier.VerifyAsync(store)).ToJson());
        Assert.InRange(manifest.TestRatings, 1, 400);
    }

    [Theory]
    [InlineData("globalMean", "2.5", "globalMean is 2.5, expected ")]
    [InlineData("ratingDeviation", "0.1", "ratingDeviation is 0.1, expected ")]
    [InlineData("ratingLow", "0.25", "ratingLow is 0.25, expected 0.5")]
    [InlineData("ratingHigh", "6", "ratingHigh is 6, expected 5")]
    [InlineData("split/seed", "10", " by the split random, holdout 0.2, seed 10")]
    [InlineData("split/holdout", "0.3", " by the split random, holdout 0.3, seed 9")]
    [InlineData("split/rule", "\"fair\"", "split is fair, which is no rule that is known")]
    [InlineData("split/rule", "\"leave-last\"", "split is leave-last , which is no rule that is known")]
    public async Task Verify_ManifestThatDisagreesWithTheRows_IsRefused(string path, string value, string message)
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        JsonNode manifest = JsonNode.Parse(store[DatasetKeys.Manifest])!;
        string[] parts = path.Split('/');
        (parts.Length == 1 ? manifest : manifest[parts[0]]!)[parts[^1]] = JsonNode.Parse(value);
        store[DatasetKeys.Manifest] = System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString());
        Assert.Contains(message, await ProblemAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LeftoverShard_IsNamed()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        store["test/shard-00009.parquet"] = [1];
        Assert.Equal("test/shard-00009.parquet is at file:///memory and not in the manifest", await ProblemAsync(store));
    }

    [Fact]
    public async Task Verify_DamagedFile_IsNamed()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        store["test/shard-00001.parquet"][100] ^= 1;
        Assert.StartsWith("test/shard-00001.parquet: SHA-256 is ", await ProblemAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TablesWithOtherCounts_AreNamed()
    {
        // Two items of the same number of ratings trade one; the sum stays.
        using MemoryObjectStore store = await Datasets.SmallAsync();
        EntityTable items = await (await DatasetReader.OpenAsync(store)).ReadItemsAsync();
        int[] ratings = [.. items.Ratings];
        (ratings[3], ratings[4]) = (ratings[3] + 1, ratings[4] - 1);
        await ForgeItemsAsync(store, items with { Ratings = ratings });
        Assert.Equal($"items.parquet: item 3 has {ratings[3]} ratings, expected {ratings[3] - 1}", await ProblemAsync(store));
    }

    [Fact]
    public async Task Verify_IdThatOccursTwice_IsNamed()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        EntityTable items = await (await DatasetReader.OpenAsync(store)).ReadItemsAsync();
        long[] ids = items.Ids.Integers.ToArray();
        ids[7] = ids[2];
        await ForgeItemsAsync(store, items with { Ids = new EntityIds(ids) });
        Assert.Equal($"items.parquet: row 7: id {ids[2]} occurs before, expected each id once", await ProblemAsync(store));
    }

    [Fact]
    public async Task Verify_PairInTrainAndTest_IsNamed()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        DatasetManifest manifest = DatasetManifest.Parse(store[DatasetKeys.Manifest]);
        ShardEntry shard = manifest.Shards[0];

        // The train file in place of the test file, with a manifest that adds up.
        store[shard.Test.Key] = store[shard.Train.Key];
        long more = shard.Train.Rows - shard.Test.Rows;
        store[DatasetKeys.Manifest] = (manifest with
        {
            Ratings = manifest.Ratings + more,
            TestRatings = manifest.TestRatings + more,
            Shards = [shard with { Test = shard.Train with { Key = shard.Test.Key } }, .. manifest.Shards[1..]],
        }).ToJson();
        Assert.StartsWith("train/shard-00000.parquet: user 0, item ", await ProblemAsync(store), StringComparison.Ordinal);
        Assert.EndsWith(" is in test/shard-00000.parquet too", await ProblemAsync(store), StringComparison.Ordinal);
    }

    private static async Task<string> ProblemAsync(MemoryObjectStore store)
    {
        string problem = (await Assert.ThrowsAsync<DatasetException>(() => DatasetVerifier.VerifyAsync(store))).Message;
        Assert.DoesNotContain('\n', problem);
        return problem;
    }

    private static async Task ForgeItemsAsync(MemoryObjectStore store, EntityTable items)
    {
        Column[] columns =
        [
            Column.FromValues<int>(new Field("item", ArrowType.Int32), Enumerable.Range(0, items.Ids.Count).ToArray()),
            items.Ids.ToColumn(),
            Column.FromStrings(new Field("title", ArrowType.Utf8, Nullable: true), items.Titles!),
            Column.FromValues<int>(new Field("ratings", ArrowType.Int32), items.Ratings),
        ];
        using var batch = new RecordBatch(new Schema([.. columns.Select(column => column.Field)]), columns);
        using var bytes = new MemoryStream();
        using (var writer = new ParquetWriter(bytes, batch.Schema))
        {
            writer.Write(batch);
            writer.Close();
        }

        await store.PutAsync(DatasetKeys.Items, bytes.ToArray());
        DatasetManifest manifest = DatasetManifest.Parse(store[DatasetKeys.Manifest]);
        store[DatasetKeys.Manifest] = (manifest with
        {
            ItemsFile = manifest.ItemsFile with
            {
                Bytes = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())),
            },
        }).ToJson();
    }
}
