using AotRecTrainer.Dataset.Parsing;
using AotRecTrainer.Dataset.Splits;
using AotRecTrainer.Dataset.Tests.Support;

namespace AotRecTrainer.Dataset.Tests.Writing;

public sealed class SplitRuleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task LeaveLast_AnyCount_TestIsTheLastOfEveryUserButNeverAll(int count)
    {
        // Few different timestamps, so that items break ties.
        RatingRow[] rows = [.. RatingRows.Random(seed: 101, users: 40, items: 60, count: 700).Select(row => row with { Timestamp = row.Timestamp % 5 })];
        (List<RatingRow> train, List<RatingRow> test) = await WriteAsync(rows, new() { Split = SplitKind.LeaveLast, LastRatings = count });
        IEnumerable<RatingRow> expected = rows.GroupBy(row => row.User).SelectMany(user =>
            user.OrderBy(row => row.Timestamp).ThenBy(row => row.Item).Skip(Math.Max(1, user.Count() - count)));
        Assert.Equal(expected.OrderBy(row => row.User).ThenBy(row => row.Item), test.OrderBy(row => row.User).ThenBy(row => row.Item));
        Assert.Equal(rows.Length, train.Count + test.Count);
    }

    [Fact]
    public async Task Time_Cutoff_TestIsWhatComesFromThenOn()
    {
        RatingRow[] rows = RatingRows.Random(seed: 102, users: 40, items: 60, count: 700);
        long cutoff = rows.Select(row => row.Timestamp).Order().ElementAt(500);
        (List<RatingRow> train, List<RatingRow> test) = await WriteAsync(rows, new() { Split = SplitKind.Time, Cutoff = cutoff });
        Assert.All(train, row => Assert.True(row.Timestamp < cutoff));
        Assert.All(test, row => Assert.True(row.Timestamp >= cutoff));
        Assert.Equal((500, 200), (train.Count, test.Count));
    }

    [Fact]
    public async Task Random_TextIds_EachRatingByItself()
    {
        RatingRow[] rows = RatingRows.Random(seed: 103, users: 100, items: 100, count: 5000);
        HashSet<(string, string)> all = await TestPairsAsync(rows), half = await TestPairsAsync(rows[..2500]);
        Assert.InRange(all.Count, 850, 1150);
        Assert.Equal(rows[..2500].Select(row => ($"u{row.User}", $"i{row.Item}")).Where(all.Contains).Order(), half.Order());
    }

    [Theory]
    [InlineData(SplitKind.LeaveLast, "leave-last")]
    [InlineData(SplitKind.Time, "time")]
    public async Task AnyRuleByTime_NoTimestamps_IsWrongInput(SplitKind split, string name)
    {
        using var store = new MemoryObjectStore();
        RatingTable table = RatingText.Parse("userId,movieId,rating\n1,2,3\n");
        var error = await Assert.ThrowsAsync<RatingsFormatException>(() => new DatasetWriter(store, new() { Split = split }).WriteAsync(table));
        Assert.Equal($"a split by {name} needs timestamps, and the ratings have none", error.Message);
        Assert.Empty(store.Keys);
    }

    [Fact]
    public async Task Time_CutoffBeforeEverything_IsWrongInput()
    {
        using var store = new MemoryObjectStore();
        var error = await Assert.ThrowsAsync<RatingsFormatException>(() => new DatasetWriter(
            store, new() { Split = SplitKind.Time, Cutoff = 4 }).WriteAsync(RatingText.Parse("1::2::3::4\n")));
        Assert.Equal("none of the 1 ratings is left to train on (time 4); hold out fewer", error.Message);
    }

    [Theory]
    [InlineData(SplitKind.Random, """{"rule":"random","holdout":0.1,"seed":42}""")]
    [InlineData(SplitKind.LeaveLast, """{"rule":"leave-last","holdout":0,"seed":0,"lastRatings":1}""")]
    [InlineData(SplitKind.Time, """{"rule":"time","holdout":0,"seed":0,"cutoff":9}""")]
    public async Task Manifest_EachRule_SaysWhatItWas(SplitKind split, string json)
    {
        using var store = new MemoryObjectStore();
        await new DatasetWriter(store, new() { Split = split, Cutoff = 9 }).WriteAsync(RatingText.Parse("1::2::3::4\n1::3::3::5\n"));
        Assert.Equal(json, System.Text.Json.Nodes.JsonNode.Parse(store[DatasetKeys.Manifest])!["split"]!.ToJsonString());
    }

    private static async Task<(List<RatingRow> Train, List<RatingRow> Test)> WriteAsync(RatingRow[] rows, DatasetWriterOptions options)
    {
        using var store = new MemoryObjectStore();
        await new DatasetWriter(store, options).WriteAsync(RatingText.Table(rows));
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        return (await RatingRows.OfAsync(reader, test: false), await RatingRows.OfAsync(reader, test: true));
    }

    private static async Task<HashSet<(string User, string Item)>> TestPairsAsync(RatingRow[] rows)
    {
        using var store = new MemoryObjectStore();
        string text = "user,item,rating\n" + string.Concat(rows.Select(row => $"u{row.User},i{row.Item},{row.Rating}\n"));
        await new DatasetWriter(store, Datasets.Options).WriteAsync(RatingText.Parse(text));
        await DatasetVerifier.VerifyAsync(store);
        DatasetReader reader = await DatasetReader.OpenAsync(store);
        EntityTable users = await reader.ReadUsersAsync(), items = await reader.ReadItemsAsync();
        HashSet<(string, string)> pairs = [];
        foreach (ShardEntry shard in reader.Manifest.Shards)
        {
            await foreach (AotRecTrainer.Columnar.Arrow.RecordBatch batch in reader.ReadShardAsync(shard.Test))
            {
                using (batch)
                {
                    pairs.UnionWith(Enumerable.Range(0, batch.Length).Select(
                        row => (users.Ids[batch["user"].Values<int>()[row]], items.Ids[batch["item"].Values<int>()[row]])));
                }
            }
        }

        return pairs;
    }
}
