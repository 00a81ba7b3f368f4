using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Tests.Statistics;

public sealed class StatisticsSumTests
{
    private const int Shards = 4;
    private static readonly StatisticsShape Shape = new(new ModelShape(12, 5, 3), HasMatrices: true, HasPredictions: true);

    [Fact]
    public void Add_AllShardsInOrder_GathersUsersAndAddsItems()
    {
        StatisticsSum sum = new(Shape, Shards);
        for (int shard = 0; shard < Shards; shard++) sum.Add(Statistics(shard));
        Assert.True(sum.IsComplete);
        for (int user = 0; user < 12; user++) Assert.Equal(100 + user, sum.UserBiases[user]);
        float[] expected = new float[5 * 10];
        for (int shard = 0; shard < Shards; shard++)
        {
            for (int i = 0; i < expected.Length; i++) expected[i] += Statistics(shard).ItemMatrices[i];
        }

        Assert.Equal(expected, sum.ItemMatrices);
        Assert.Equal([0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f], sum.TestPredictions.ToArray());
        Assert.Equal(new ErrorSums(6, 12, 4, 4, 8), sum.Errors);
    }

    [Fact]
    public void Clear_AfterARound_GivesTheSameSumAgain()
    {
        StatisticsSum sum = new(Shape, Shards);
        for (int shard = 0; shard < Shards; shard++) sum.Add(Statistics(shard));
        float[] first = [.. sum.ItemFactors];
        sum.Clear();
        Assert.Equal(0, sum.NextShard);
        Assert.Equal(default, sum.Errors);
        for (int shard = 0; shard < Shards; shard++) sum.Add(Statistics(shard));
        Assert.Equal(first, sum.ItemFactors);
        Assert.Equal(8, sum.TestPredictions.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Add_AnotherShardThanTheNext_IsRefusedAndChangesNothing(int shard)
    {
        StatisticsSum sum = new(Shape, Shards);
        ModelException problem = Assert.Throws<ModelException>(() => sum.Add(Statistics(shard)));
        Assert.Equal($"statistics of shard {shard}, expected shard 0 of 4", problem.Message);
        Assert.All(sum.ItemFactors, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Add_AShardMoreThanThereAre_IsRefused()
    {
        StatisticsSum sum = new(Shape, 1);
        sum.Add(Statistics(0));
        Assert.Throws<ModelException>(() => sum.Add(Statistics(1)));
    }

    [Fact]
    public void Add_UsersPastTheLast_IsRefused()
    {
        ShardStatistics statistics = new(Shape);
        statistics.Reset(shard: 0, userFirst: 10, users: 3, testRatings: 0);
        Assert.Throws<ModelException>(() => new StatisticsSum(Shape, 1).Add(statistics));
    }

    [Fact]
    public void Add_AnotherShape_IsRefused()
    {
        ShardStatistics statistics = new(Shape with { HasPredictions = false });
        statistics.Reset(shard: 0, userFirst: 0, users: 3, testRatings: 0);
        Assert.Throws<ModelException>(() => new StatisticsSum(Shape, 1).Add(statistics));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_ErrorThatIsNotFinite_IsADivergence(double error)
    {
        ShardStatistics statistics = Statistics(0);
        statistics.Errors = statistics.Errors with { TrainSquared = error };
        Assert.True(Assert.Throws<ModelException>(() => new StatisticsSum(Shape, 1).Add(statistics)).IsDivergence);
    }

    [Fact]
    public void Reset_AfterALargerShard_LeavesNothingOfIt()
    {
        ShardStatistics statistics = new(Shape);
        statistics.Reset(shard: 0, userFirst: 0, users: 6, testRatings: 9);
        statistics.UserFactors.Fill(7);
        statistics.ItemFactors.Fill(7);
        statistics.TestPredictions.Fill(7);
        statistics.Reset(shard: 1, userFirst: 6, users: 2, testRatings: 1);
        Assert.Equal(new float[6], statistics.UserFactors.ToArray());
        Assert.Equal(new float[15], statistics.ItemFactors.ToArray());
        Assert.Equal(new float[1], statistics.TestPredictions.ToArray());
        Assert.Equal(default, statistics.Errors);
    }

    private static ShardStatistics Statistics(int shard)
    {
        ShardStatistics statistics = new(Shape);
        statistics.Reset(shard, userFirst: shard * 3, users: 3, testRatings: 2);
        for (int user = 0; user < 3; user++) statistics.UserBiases[user] = 100 + (shard * 3) + user;
        Random random = new(shard);
        foreach (ref float value in statistics.ItemFactors) value = random.NextSingle() * MathF.Pow(10, random.Next(-6, 7));
        foreach (ref float value in statistics.ItemMatrices) value = random.NextSingle() * MathF.Pow(10, random.Next(-6, 7));
        for (int i = 0; i < 2; i++) statistics.TestPredictions[i] = shard + (0.5f * i);
        statistics.Errors = new ErrorSums(TrainSquared: shard, TrainRatings: 3, TestSquared: 1, TestAbsolute: 1, TestRatings: 2);
        return statistics;
    }
}
