using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Tests.Support;

namespace AotRecTrainer.Training.Tests.Coordinator;

public sealed class SameModelTests
{
    public static TheoryData<string, int> Algorithms => new() { { "batch-gradient", 1 }, { "batch-gradient", 3 }, { "als", 1 }, { "bayesian", 1 } };

    [Theory, MemberData(nameof(Algorithms))]
    public void Train_AnyNumberOfWorkersAndEitherExchange_GivesTheSameBits(string algorithm, int batches)
    {
        CoordinatorEvent asked = Lab.Event() with { Algorithm = algorithm, BatchesPerEpoch = batches, BurnIn = 1 };
        CoordinatorResult alone = Lab.TrainAlone(asked);
        foreach (string exchange in (string[])["await", "poll"])
        {
            foreach (int workers in (int[])[1, 3, 5, 100])
            {
                using Lab lab = new();
                CoordinatorResult result = lab.Train(asked with { Workers = workers, Exchange = exchange });
                Assert.Equal(alone.ParametersSha256, result.ParametersSha256);
                Assert.Equal((alone.TrainRmse, alone.TestRmse, alone.TestMae), (result.TrainRmse, result.TestRmse, result.TestMae));
                Assert.Equal(Math.Min(workers, 6), result.Workers);
                Assert.Equal(0, result.Retries);
            }
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Train_MoreThreads_GivesTheSameBits(string algorithm, int batches)
    {
        CoordinatorEvent asked = Lab.Event() with { Algorithm = algorithm, BatchesPerEpoch = batches, BurnIn = 1, Workers = 0 };
        using Lab lab = new(threads: 4);
        Assert.Equal(Lab.TrainAlone(asked).ParametersSha256, lab.Train(asked).ParametersSha256);
    }

    [Fact]
    public void Train_AnotherSeed_GivesAnotherModel() =>
        Assert.NotEqual(Lab.TrainAlone(Lab.Event()).ParametersSha256, Lab.TrainAlone(Lab.Event() with { Seed = 7 }).ParametersSha256);
}
