using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Data;

public sealed class MiniBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Contains_EveryUser_IsTrueForExactlyOnePart(int parts)
    {
        for (int user = 0; user < 3000; user++)
            Assert.Equal(1, Enumerable.Range(0, parts).Count(part => new MiniBatch(part, parts, Seed: 42).Contains(user)));
    }

    [Fact]
    public void Contains_ManyUsers_DealsThemOutEvenly()
    {
        const int Users = 20_000;
        for (int part = 0; part < 4; part++)
        {
            int size = Enumerable.Range(0, Users).Count(user => new MiniBatch(part, 4, Seed: 1).Contains(user));
            Assert.InRange(size, (Users / 4) - 310, (Users / 4) + 310); // five standard deviations
        }
    }

    [Fact]
    public void Contains_AnotherSeed_DealsAnotherWay()
    {
        bool[] first = [.. Enumerable.Range(0, 200).Select(user => new MiniBatch(0, 2, Seed: 1).Contains(user))];
        Assert.Equal(first, Enumerable.Range(0, 200).Select(user => new MiniBatch(0, 2, Seed: 1).Contains(user)));
        Assert.NotEqual(first, Enumerable.Range(0, 200).Select(user => new MiniBatch(0, 2, Seed: 2).Contains(user)));
    }

    [Fact]
    public void Part_OfAShard_HoldsTheRatingsOfItsUsersAndNoOthers()
    {
        Ratings data = Planted.Rank(factors: 1, users: 40, items: 9, density: 0.5, noise: 0.1, seed: 6);
        ShardData shard = data.ToShards(2)[1];
        int total = 0;
        for (int part = 0; part < 3; part++)
        {
            MiniBatch batch = new(part, 3, Seed: 5);
            RatingBlock block = shard.Train.Part(batch);
            Assert.Same(block, shard.Train.Part(batch));
            Assert.Equal(shard.Train.UserCount, block.Rows.Users);
            for (int user = 0; user < block.Rows.Users; user++)
            {
                int index = shard.Train.UserFirst + user;
                Rating[] own = [.. data.Train.Where(rating => rating.User == index && batch.Contains(index))];
                Assert.Equal(own.Select(rating => rating.Item), block.Rows[user].Indices.ToArray());
                Assert.Equal(own.Select(rating => rating.Value), block.Rows[user].Ratings.ToArray());
            }

            total += block.Rows.Count;
        }

        Assert.Equal(shard.Train.Count, total);
        Assert.Same(shard.Train.Block, shard.Train.Part(MiniBatch.Whole));
    }
}
