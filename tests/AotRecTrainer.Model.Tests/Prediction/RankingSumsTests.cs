using AotRecTrainer.Model.Prediction;

namespace AotRecTrainer.Model.Tests.Prediction;

public sealed class RankingSumsTests
{
    [Fact]
    public void Add_HitsAtRanksOneAndThree_IsTheWorkedExample()
    {
        RankingSums sums = new(items: 10);
        sums.Add([7, 1, 4], new HashSet<int> { 7, 4, 9 }, length: 3);

        // Gains 1/log2(2) and 1/log2(4); at best 1/log2(2) + 1/log2(3) + 1/log2(4).
        Assert.Equal(1.5 / (1 + (1 / Math.Log2(3)) + 0.5), sums.Ndcg, 12);
        Assert.Equal(2.0 / 3, sums.Recall, 12);
        Assert.Equal(0.3, sums.Coverage, 12);
    }

    [Fact]
    public void Add_FewerLikedThanTheListIsLong_CanStillBePerfect()
    {
        RankingSums sums = new(items: 5);
        sums.Add([3, 0, 1], new HashSet<int> { 3 }, length: 3);
        Assert.Equal((1, 1), (sums.Ndcg, sums.Recall));
    }

    [Fact]
    public void Add_MoreLikedThanTheListIsLong_IsPerfectInGainButNotInRecall()
    {
        RankingSums sums = new(items: 5);
        sums.Add([3, 0], new HashSet<int> { 0, 2, 3, 4 }, length: 2);
        Assert.Equal(1, sums.Ndcg, 12);
        Assert.Equal(0.5, sums.Recall, 12);
    }

    [Fact]
    public void Add_SeveralUsers_IsTheMeanOverUsersAndTheUnionOverItems()
    {
        RankingSums sums = new(items: 4);
        sums.Add([0, 1], new HashSet<int> { 0 }, length: 2);
        sums.Add([1, 2], new HashSet<int> { 3 }, length: 2);
        Assert.Equal((0.5, 0.5, 0.75, 2), (sums.Ndcg, sums.Recall, sums.Coverage, sums.Users));
    }

    [Fact]
    public void Add_NothingLiked_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RankingSums(items: 3).Add([0], new HashSet<int>(), length: 1));
}
