using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Reading;

public sealed class DatasetReaderTests
{
    [Fact]
    public async Task Open_NoManifest_SaysThatItIsNoDataSet()
    {
        using var store = new MemoryObjectStore();
        var error = await Assert.ThrowsAsync<DatasetException>(() => DatasetReader.OpenAsync(store));
        Assert.Equal("file:///memory has no manifest.json: not a data set, or one that was not finished", error.Message);
    }

    [Fact]
    public async Task ReadAll_AnyFileMissing_NamesIt()
    {
        using MemoryObjectStore whole = await Datasets.SmallAsync();
        foreach (string key in whole.Keys.Where(key => key != DatasetKeys.Manifest))
        {
            using MemoryObjectStore store = whole.Copy();
            store.Remove(key);
            var error = await Assert.ThrowsAsync<DatasetException>(() => Datasets.ReadAllAsync(store));
            Assert.Equal($"{key} is missing at file:///memory", error.Message);
        }
    }

    [Fact]
    public async Task ReadAll_AnyFileCutLengthenedOrFlipped_NamesIt()
    {
        using MemoryObjectStore whole = await Datasets.SmallAsync();
        foreach (string key in whole.Keys.Where(key => key != DatasetKeys.Manifest))
        {
            byte[] bytes = whole[key];
            await FailsAsync(whole, key, bytes[..^1], $"{key}: {bytes.Length - 1} bytes, expected {bytes.Length}");
            await FailsAsync(whole, key, [], $"{key}: 0 bytes, expected {bytes.Length}");
            await FailsAsync(whole, key, [.. bytes, 0, 0], $"{key}: more than {bytes.Length} bytes, expected {bytes.Length}");
            byte[] flipped = [.. bytes];
            flipped[bytes.Length / 2] ^= 1;
            await FailsAsync(whole, key, flipped, $"{key}: SHA-256 is ");
        }
    }

    [Fact]
    public async Task ReadShard_SomeColumns_StreamsOnlyThose()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        FileEntry file = reader.Manifest.Shards[1].Train;
        long rows = 0;
        await foreach (RecordBatch batch in reader.ReadShardAsync(file, ["rating", "user"]))
        {
            using (batch)
            {
                Assert.Equal(["rating", "user"], batch.Columns.Select(column => column.Field.Name));
                rows += batch.Length;
            }
        }

        Assert.Equal(file.Rows, rows);
    }

    [Fact]
    public async Task ReadShard_UnknownColumnOrForeignFile_IsTheCallersMistake()
    {
        using MemoryObjectStore store = await Datasets.SmallAsync();
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        Assert.Throws<ArgumentException>(() => reader.ReadShardAsync(reader.Manifest.Shards[0].Train, ["stars"]));
        Assert.Throws<ArgumentException>(() => reader.ReadShardAsync(reader.Manifest.UsersFile));
    }

    private static async Task FailsAsync(MemoryObjectStore whole, string key, byte[] content, string message)
    {
        using MemoryObjectStore store = whole.Copy();
        store[key] = content;
        var error = await Assert.ThrowsAsync<DatasetException>(() => Datasets.ReadAllAsync(store));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
