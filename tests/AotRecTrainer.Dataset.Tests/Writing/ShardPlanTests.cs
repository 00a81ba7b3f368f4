using AotRecTrainer.Dataset.Writing;

namespace AotRecTrainer.Dataset.Tests.Writing;

public sealed class ShardPlanTests
{
    [Theory]
    [InlineData(1, 100, 12)]
    [InlineData(2, 1000, 7)]
    [InlineData(3, 13, 12)]
    [InlineData(4, 5, 12)]
    public void Create_RandomActivity_DealsEveryUserOnceAndBalances(int seed, int users, int shards)
    {
        var random = new Random(seed);
        int[] ratings = [.. Enumerable.Range(0, users).Select(_ => (int)Math.Exp(random.NextDouble() * 6))];
        ShardPlan plan = ShardPlan.Create(ratings, shards);
        Assert.Equal(Math.Min(users, shards), plan.ShardCount);
        Assert.Equal(Enumerable.Range(0, users), plan.UserOrder.Order());
        Assert.Equal((0, users), (plan.ShardFirst[0], plan.ShardFirst[^1]));
        int[][] members =
        [
            .. Enumerable.Range(0, plan.ShardCount).Select(shard => plan.UserOrder[plan.ShardFirst[shard]..plan.ShardFirst[shard + 1]]),
        ];
        Assert.All(members, Assert.NotEmpty);
        Assert.All(members, shard => Assert.Equal(shard.Order(), shard));

        // Longest processing time first never leaves shards further apart than one user of the fullest shard weighs.
        int[] loads = [.. members.Select(shard => shard.Sum(user => ratings[user]))];
        int[] fullest = members[Array.IndexOf(loads, loads.Max())];
        Assert.InRange(loads.Max() - loads.Min(), 0, fullest.Min(user => ratings[user]));
    }

    [Fact]
    public void Create_UsersWithoutTrainRatings_AreDealtToo()
    {
        ShardPlan plan = ShardPlan.Create(new int[10], 3);
        Assert.Equal([0, 4, 7, 10], plan.ShardFirst);
        Assert.Equal(Enumerable.Range(0, 10), plan.UserOrder.Order());
    }

    [Fact]
    public void Create_KnownLoads_GoWhereTheRuleSays()
    {
        // 7 and 6 open the shards, 5 joins 6, 4 joins 7; of two equal shards the first takes 3, and 2 goes to the other.
        ShardPlan plan = ShardPlan.Create([7, 6, 5, 4, 3, 2], 2);
        Assert.Equal([0, 3, 4, 1, 2, 5], plan.UserOrder);
        Assert.Equal([0, 3, 6], plan.ShardFirst);
    }

    [Fact]
    public void Create_NoShards_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ShardPlan.Create([1], 0));
}
