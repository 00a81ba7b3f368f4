namespace AotRecTrainer.Dataset.Tests.Reading;

public sealed class DatasetKeysTests
{
    [Theory]
    [InlineData("train/shard-00000.parquet", 0)]
    [InlineData("test/shard-00012.parquet", 12)]
    [InlineData("train/shard-123456.parquet", 123_456)]
    [InlineData("train/shard-1.parquet", -1)]
    [InlineData("train/shard--0001.parquet", -1)]
    [InlineData("train/shard-00000.parquet.old", -1)]
    [InlineData("other/shard-00000.parquet", -1)]
    [InlineData("train/shard-.parquet", -1)]
    [InlineData("manifest.json", -1)]
    public void ShardOf_AnyKey_IsItsShardOrNone(string key, int shard) => Assert.Equal(shard, DatasetKeys.ShardOf(key));

    [Theory, InlineData(0), InlineData(7), InlineData(99_999), InlineData(100_000)]
    public void ShardOf_OwnKeys_IsTheShard(int shard)
    {
        Assert.Equal(shard, DatasetKeys.ShardOf(DatasetKeys.Train(shard)));
        Assert.Equal(shard, DatasetKeys.ShardOf(DatasetKeys.Test(shard)));
    }
}
