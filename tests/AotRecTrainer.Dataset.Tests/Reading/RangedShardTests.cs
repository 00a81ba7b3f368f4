using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Columnar.Parquet;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Reading;

/// <summary>Shards that are too large to be read whole: range by range, with the same checks.</summary>
public sealed class RangedShardTests
{
    private const int GroupRows = 7_000;

    [Theory]
    [InlineData("user,item,rating")]
    [InlineData("rating,user")]
    [InlineData("item")]
    public async Task ReadShard_Ranged_GivesTheSameRowsAsWhole(string columns)
    {
        using MemoryObjectStore store = await LargeAsync();
        string[] names = columns.Split(',');
        byte[] ranged = await RowsAsync(store, wholeBytesMax: 0, names);
        Assert.Equal(await RowsAsync(store, long.MaxValue, names), ranged);
        Assert.NotEmpty(ranged);
    }

    [Fact]
    public async Task ReadShard_Ranged_FooterFirstThenForwardAndNeverMoreThanTwoRowGroupsAhead()
    {
        using MemoryObjectStore store = await LargeAsync();
        DatasetReader reader = await DatasetReader.OpenAsync(store, wholeBytesMax: 0);
        FileEntry file = reader.Manifest.Shards[0].Train;
        store.Ranges.Clear();
        long rows = 0, groups = file.Rows / GroupRows, groupBytes = file.Bytes / groups;
        await foreach (RecordBatch batch in reader.ReadShardAsync(file))
        {
            rows += batch.Length;
            batch.Dispose();

            // The footer's 64 KiB are kept; of the rest only this row group and the next may have been fetched.
            long fetched = store.Ranges.Skip(1).Sum(range => (long)range.Length);
            long expected = (long)((double)rows / file.Rows * file.Bytes) + (2 * groupBytes);
            Assert.True(fetched <= expected, $"{fetched} bytes fetched after {rows} rows, expected at most {expected}");
        }

        Assert.Equal(file.Bytes + 1, store.Ranges[0].Offset + store.Ranges[0].Length);
        long[] starts = [.. store.Ranges.Skip(1).Select(range => range.Offset)];
        Assert.Equal(starts.Order(), starts);
        Assert.True(starts.Length >= groups - 1, $"{starts.Length} ranges");

        // Every byte once: the object is fetched exactly, and one byte more that tells a longer one.
        Assert.Equal(file.Bytes + 1, store.Ranges.Sum(range => (long)range.Length));
    }

    [Fact]
    public async Task ReadShard_RangedAndAnyByteFlipped_IsFoundBeforeTheEnd()
    {
        using MemoryObjectStore whole = await LargeAsync();
        string key = DatasetKeys.Train(0);
        byte[] bytes = whole[key];
        for (int at = 0; at < bytes.Length; at += 1 + (bytes.Length / 37))
        {
            using MemoryObjectStore store = whole.Copy();
            byte[] flipped = [.. bytes];
            flipped[at] ^= 1;
            store[key] = flipped;
            var error = await Assert.ThrowsAsync<DatasetException>(() => RowsAsync(store, wholeBytesMax: 0, ["rating"]));
            Assert.StartsWith(key, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadShard_RangedAndOfAnotherLengthOrMissing_SaysSo()
    {
        using MemoryObjectStore store = await LargeAsync();
        string key = DatasetKeys.Train(0);
        byte[] bytes = store[key];
        await FailsAsync($"{key}: more than {bytes.Length} bytes, expected {bytes.Length}", [.. bytes, 0]);
        await FailsAsync($"{key}: {bytes.Length - 1} bytes, expected {bytes.Length}", bytes[..^1]);
        store.Remove(key);
        var error = await Assert.ThrowsAsync<DatasetException>(() => RowsAsync(store, wholeBytesMax: 0, ["user", "item", "rating"]));
        Assert.Equal($"{key} is missing at file:///memory", error.Message);

        async Task FailsAsync(string message, byte[] content)
        {
            store[key] = content;
            var problem = await Assert.ThrowsAsync<DatasetException>(() => RowsAsync(store, wholeBytesMax: 0, ["user", "item", "rating"]));
            Assert.Equal(message, problem.Message);
        }
    }

    private static async Task<byte[]> RowsAsync(MemoryObjectStore store, long wholeBytesMax, string[]? columns)
    {
        DatasetReader reader = await DatasetReader.OpenAsync(store, wholeBytesMax);
        using var rows = new MemoryStream();
        await foreach (RecordBatch batch in reader.ReadShardAsync(reader.Manifest.Shards[0].Train, columns))
        {
            using (batch)
            {
                foreach (Column column in batch.Columns)
                {
                    rows.Write(column.Field.Name == "rating"
                        ? MemoryMarshal.AsBytes(column.Values<float>())
                        : MemoryMarshal.AsBytes(column.Values<int>()));
                }
            }
        }

        return rows.ToArray();
    }

    // One shard of several row groups, as a writer with small groups would leave it; far longer than the footer's first read.
    private static async Task<MemoryObjectStore> LargeAsync()
    {
        var store = new MemoryObjectStore();
        RatingTable table = RatingText.Table(RatingRows.Random(seed: 77, users: 300, items: 400, count: 60_000));
        DatasetManifest manifest = await new DatasetWriter(store, new() { Shards = 1, Holdout = 0 }).WriteAsync(table);
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        using var bytes = new MemoryStream();
        Schema schema = DatasetSchemas.Ratings(manifest.RatingColumns.Length == 4);
        using (var writer = new ParquetWriter(bytes, schema, new ParquetWriterOptions { RowGroupRows = GroupRows, Compression = Compression.None }))
        {
            await foreach (RecordBatch batch in reader.ReadShardAsync(manifest.Shards[0].Train))
            {
                using (batch)
                {
                    writer.Write(batch);
                }
            }

            writer.Close();
        }

        byte[] train = bytes.ToArray();
        store[DatasetKeys.Train(0)] = train;
        FileEntry vouched = manifest.Shards[0].Train with { Bytes = train.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(train)) };
        store[DatasetKeys.Manifest] = (manifest with { Shards = [manifest.Shards[0] with { Train = vouched }] }).ToJson();
        return store;
    }
}
