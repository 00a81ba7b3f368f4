using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class StatisticsReducerTests
{
    private const int Shards = 6;
    private static readonly StatisticsShape Shape = new(new ModelShape(12, 7, 2), HasMatrices: true, HasPredictions: false);

    [Fact]
    public void TryAdd_AnyOrderOfArrival_GivesTheSameBits()
    {
        float[] expected = Sum([0, 1, 2, 3, 4, 5]);
        Random random = new(19);
        for (int trial = 0; trial < 50; trial++)
        {
            int[] order = [.. Enumerable.Range(0, Shards)];
            random.Shuffle(order);
            Assert.Equal(expected, Sum(order));
        }

        // Such numbers that another order of additions would show.
        Assert.NotEqual(expected, [.. expected.Select((_, i) => Enumerable.Range(0, Shards).Reverse().Aggregate(0f, (sum, shard) => sum + Statistics(shard).ItemMatrices[i]))]);
    }

    [Fact]
    public void TryAdd_TheSameShardTwice_CountsOnce()
    {
        StatisticsReducer reducer = Reducer(out WorkLedger ledger);
        Assert.True(reducer.TryAdd(0, Content(0), "first", out _));
        Assert.True(reducer.TryAdd(0, Content(0), "second", out _));
        Assert.True(reducer.TryAdd(2, Content(2), "third", out _));
        Assert.True(reducer.TryAdd(2, Content(2), "fourth", out _));
        Assert.Equal(2, reducer.Count);
        Assert.Equal([1, 3], reducer.MissingOf([0, 1, 2, 3]));
        Assert.Equal(1, reducer.Sum.NextShard);
        Assert.Equal(20, ledger.Totals.Milliseconds);
    }

    [Theory]
    [InlineData("a-run", 3, "fp", 1, "shard 1; expected a-run, 4, 0")]
    [InlineData("b-run", 4, "fp", 0, "run b-run")]
    [InlineData("a-run", 3, "fp", 0, "round 3")]
    [InlineData("a-run", 4, "other", 0, "")]
    public void TryAdd_StatisticsOfSomethingElse_DoNotCount(string run, int round, string fingerprint, int shard, string problem)
    {
        StatisticsReducer reducer = Reducer(out WorkLedger ledger);
        Assert.False(reducer.TryAdd(0, Content(shard, run, round, fingerprint), "it", out string found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
        Assert.False(reducer.Has(0));
        Assert.Equal(0, ledger.Totals.Milliseconds);
    }

    [Fact]
    public void Begin_TheNextRound_ForgetsTheOneBefore()
    {
        StatisticsReducer reducer = Reducer(out _);
        reducer.TryAdd(0, Content(0), "it", out _);
        reducer.TryAdd(5, Content(5), "it", out _);
        reducer.Begin(5);
        Assert.Equal(0, reducer.Count);
        Assert.False(reducer.TryAdd(0, Content(0), "it", out _));
        Assert.True(reducer.TryAdd(0, Content(0, round: 5), "it", out _));
    }

    private static float[] Sum(int[] order)
    {
        StatisticsReducer reducer = Reducer(out _);
        foreach (int shard in order)
        {
            Assert.False(reducer.IsComplete);
            Assert.True(reducer.TryAdd(shard, Content(shard), "it", out string problem), problem);
        }

        Assert.True(reducer.IsComplete);
        return [.. reducer.Sum.ItemMatrices];
    }

    private static StatisticsReducer Reducer(out WorkLedger ledger)
    {
        ledger = new WorkLedger();
        StatisticsReducer reducer = new("a-run", "fp", new StatisticsPool(Shape), Shards, ledger);
        reducer.Begin(4);
        return reducer;
    }

    private static byte[] Content(int shard, string run = "a-run", int round = 4, string fingerprint = "fp") => StatisticsSerializer.Write(
        Statistics(shard), new WorkNotes(run, round, fingerprint, ColdStart: false, Milliseconds: 10, Puts: 1, Gets: 1).ToMetadata());

    private static ShardStatistics Statistics(int shard)
    {
        ShardStatistics statistics = new(Shape);
        statistics.Reset(shard, userFirst: shard * 2, users: 2, testRatings: 0);
        Random random = new(shard);
        foreach (ref float value in statistics.ItemMatrices) value = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 7));
        return statistics;
    }
}
