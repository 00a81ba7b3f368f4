using AotRecTrainer.Model;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class StatisticsReducerTests
{
    private const int Shards = 6;
    private static readonly StatisticsShape Shape = new(new ModelShape(12, 7, 2), HasMatrices: true, HasPredictions: false);
    private readonly StatisticsPool _pool = new(Shape);
    private readonly WorkLedger _ledger = new();

    [Fact]
    public void Add_ShardAfterShard_GivesTheSumInShardOrder()
    {
        StatisticsReducer reducer = Reducer();
        for (int shard = 0; shard < Shards; shard++)
        {
            Assert.Equal((shard, false), (reducer.Next, reducer.IsComplete));
            reducer.Add(Read(reducer, shard));
        }

        Assert.True(reducer.IsComplete);
        float[] expected = [.. Enumerable.Range(0, Statistics(0).ItemMatrices.Length)
            .Select(i => Enumerable.Range(0, Shards).Aggregate(0f, (sum, shard) => sum + Statistics(shard).ItemMatrices[i]))];
        Assert.Equal(expected, reducer.Sum.ItemMatrices);

        // Such numbers that another order of additions would show.
        Assert.NotEqual(expected, [.. expected.Select((_, i) => Enumerable.Range(0, Shards).Reverse().Aggregate(0f, (sum, shard) => sum + Statistics(shard).ItemMatrices[i]))]);
        Assert.Equal(7, reducer.SlowestWorker);
        reducer.Begin(5);
        Assert.Equal(0, reducer.SlowestWorker);
        Assert.Equal((60, 6, 12), (_ledger.Totals.Milliseconds, _ledger.Totals.Puts, _ledger.Totals.Gets));
    }

    [Fact]
    public void Add_AnotherShardThanTheNext_IsRefusedAndDoesNotCount()
    {
        StatisticsReducer reducer = Reducer();
        reducer.Add(Read(reducer, 0));
        foreach (int shard in (int[])[0, 2]) Assert.Throws<ModelException>(() => reducer.Add(Read(reducer, shard)));
        Assert.Equal((1, 10), (reducer.Next, _ledger.Totals.Milliseconds));
    }

    [Theory]
    [InlineData("a-run", 3, "fp", 1, "shard 1; expected a-run, 4, 0")]
    [InlineData("b-run", 4, "fp", 0, "run b-run")]
    [InlineData("a-run", 3, "fp", 0, "round 3")]
    [InlineData("a-run", 4, "other", 0, "")]
    public void TryRead_StatisticsOfSomethingElse_AreRefusedAndGiveTheirBufferBack(string run, int round, string fingerprint, int shard, string problem)
    {
        StatisticsReducer reducer = Reducer();
        for (int time = 0; time < 3; time++)
        {
            Assert.False(reducer.TryRead(0, Content(shard, run, round, fingerprint), "it", out _, out string found));
            Assert.Contains(problem, found, StringComparison.Ordinal);
        }

        Assert.Equal((0, 1), (reducer.Next, _pool.Made));
    }

    [Fact]
    public void Begin_TheNextRound_ForgetsTheOneBefore()
    {
        StatisticsReducer reducer = Reducer();
        reducer.Add(Read(reducer, 0));
        reducer.Begin(5);
        Assert.Equal(0, reducer.Next);
        Assert.All(reducer.Sum.ItemMatrices, value => Assert.Equal(0, value));
        Assert.False(reducer.TryRead(0, Content(0), "it", out _, out _));
        Assert.True(reducer.TryRead(0, Content(0, round: 5), "it", out _, out string problem), problem);
    }

    [Theory]
    [InlineData(3_700, 10, false, 8)]
    [InlineData(60_000, 10, false, 8)]
    [InlineData(60_000, 100, false, 2)]
    [InlineData(60_000, 32, true, 2)]
    [InlineData(0, 1, false, 8)]
    public void Window_OfLargeShards_IsSmaller(int items, int factors, bool hasMatrices, int expected) =>
        Assert.Equal(expected, StatisticsPool.WindowOf(new StatisticsShape(new ModelShape(10, items, factors), hasMatrices, HasPredictions: false)));

    private static ShardReading Read(StatisticsReducer reducer, int shard)
    {
        Assert.True(reducer.TryRead(shard, Content(shard), "it", out ShardReading reading, out string problem), problem);
        return reading;
    }

    private StatisticsReducer Reducer()
    {
        StatisticsReducer reducer = new("a-run", "fp", _pool, Shards, _ledger);
        reducer.Begin(4);
        return reducer;
    }

    private static MemoryStream Content(int shard, string run = "a-run", int round = 4, string fingerprint = "fp") => new(Stored.Of(
        Statistics(shard), new WorkNotes(run, round, fingerprint, ColdStart: false, Milliseconds: 10, Puts: 1, Gets: 2, Loaded: 1, Computed: 7 - shard).ToMetadata()));

    private static ShardStatistics Statistics(int shard)
    {
        ShardStatistics statistics = new(Shape);
        statistics.Reset(shard, userFirst: shard * 2, users: 2, testRatings: 0);
        Random random = new(shard);
        foreach (ref float value in statistics.ItemMatrices) value = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 7));
        return statistics;
    }
}
