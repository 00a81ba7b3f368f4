using AotRecTrainer.Cli.Plan.Model;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class WorkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Work_OfOneProcess_IsTheWholeDataSet(int workers)
    {
        Work work = Planted.Work(workers);
        Assert.Equal(Planted.Manifest().Shards.Sum(shard => shard.Train.Rows + shard.Test.Rows), work.LargestRatings);
        Assert.Equal(600, work.LargestUsers);
        Assert.Equal(12, work.LargestShards);
        Assert.Equal(work.Statistics, work.LargestStatistics);
        Assert.Equal(1, work.LoadingRounds);
        Assert.Equal(1, work.Loads);
    }

    [Fact]
    public void Work_WithoutWorkers_HasNoRequestsInARow()
    {
        Assert.Equal(0, Planted.Work(0).RequestsInARow);
        Assert.Equal(0, Planted.Work(0).HasWorkers);
    }

    [Fact]
    public void Work_MoreWorkersThanShards_IsThatOfAWorkerForEach()
    {
        Work many = Planted.Work(50), twelve = Planted.Work(12);
        Assert.Equal(12, many.Workers);
        Assert.Equal(twelve.LargestRatings, many.LargestRatings);
    }

    [Fact]
    public void LargestRatings_MoreWorkers_NeverGrow()
    {
        double[] ratings = [.. Enumerable.Range(1, 12).Select(workers => Planted.Work(workers).LargestRatings)];
        Assert.Equal(ratings.OrderDescending(), ratings);
    }

    // By hand: 8 factors and a bias, 4 bytes each; for als 45 entries of the triangle for every item beside them.
    [Theory]
    [InlineData("batch-gradient", 4 * (((200 * 9) + (50 * 9)) * 12))]
    [InlineData("als", 4 * (((200 * (9 + 45)) + (50 * 9)) * 12))]
    [InlineData("bayesian", 4 * (((200 * (9 + 45)) + (50 * 9) + 500) * 12))]
    public void Statistics_OfAnAlgorithm_AreItsBytesByHand(string algorithm, double expected) =>
        Assert.Equal(expected, Planted.Work(3, algorithm: algorithm).Statistics);

    [Theory]
    [InlineData("batch-gradient", 4 * 800 * 9)]
    [InlineData("als", 4 * 200 * 9)]
    public void TaskBytes_OfAnAlgorithm_AreThoseOfWhatWorkersNeed(string algorithm, double expected) =>
        Assert.Equal(expected, Planted.Work(3, algorithm: algorithm).TaskBytes);

    // Environments that are asked for any worker's shards come to have read them all, and a run that is long enough shows it.
    [Fact]
    public void Loads_LongRunOfFiveWorkers_IsThatOfEachReadingAll() => Assert.Equal(25, Planted.Work(5, epochs: 200).Loads, 1e-9);

    [Theory]
    [InlineData(885, 1, 0.5003)]
    [InlineData(1769, 1, 1)]
    [InlineData(2654, 1, 1)]
    [InlineData(3538, 1, 2)]
    [InlineData(3000, 0.25, 0.424)]
    public void Speed_OfAMemorySize_IsItsShareButNotMoreThanItsThreads(int memory, double scale, double expected) =>
        Assert.Equal(expected, new Setting(1, memory, scale).Speed, 1e-3);
}
