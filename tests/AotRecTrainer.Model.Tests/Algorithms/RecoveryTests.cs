using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Algorithms;

public sealed class RecoveryTests
{
    public static TheoryData<string> Names => [.. Make.Algorithms];

    [Theory, MemberData(nameof(Names))]
    public void Train_PlantedModelWithLittleNoise_FindsItAgain(string name)
    {
        Ratings data = Planted.Rank(factors: 2, users: 200, items: 100, density: 0.5, noise: 0.1, seed: 41);
        RidgeWeights weak = RidgeWeights.PerRating(0.001f);
        ITrainingAlgorithm algorithm = name switch
        {
            "als" => Make.Als(data, factors: 2, weak),
            "bayesian" => Make.Bayesian(data, factors: 2, burnIn: 20),
            _ => Make.Gradient(data, factors: 2, options: Make.Options(data) with { Weights = weak }),
        };
        ErrorSums errors = new Rounds(algorithm, data, kernels: ShardAlgorithms.Best).Train(name == "batch-gradient" ? 400 : 80);

        // Held-out ratings are predicted as well as the noise of 0.1 lets them be.
        Assert.InRange(errors.TestRmse, 0.09, 0.11);
        Assert.InRange(errors.TrainRmse, 0.08, 0.11);
    }

    [Theory, MemberData(nameof(Names))]
    public void Train_RatingsAllEqual_PredictsThem(string name)
    {
        Rating[] train = [.. Enumerable.Range(0, 60).Select(i => new Rating(i / 6, i % 6, 4))];
        Ratings data = new(10, 6, train, [new Rating(3, 2, 4)]);
        ErrorSums errors = new Rounds(Make.Algorithm(name, data, factors: 3), data).Train(60);
        Assert.InRange(errors.TestRmse, 0, 0.01);
    }

    [Theory, MemberData(nameof(Names))]
    public void Train_OneUserOrOneItem_StaysFinite(string name)
    {
        Ratings oneUser = new(1, 8, Enumerable.Range(0, 8).Select(item => new Rating(0, item, (item % 5) + 1)), [new Rating(0, 3, 2)]);
        Ratings oneItem = new(8, 1, Enumerable.Range(0, 8).Select(user => new Rating(user, 0, (user % 5) + 1)), [new Rating(3, 0, 2)]);
        Ratings oneRating = new(1, 1, [new Rating(0, 0, 3)], []);
        foreach (Ratings data in (Ratings[])[oneUser, oneItem, oneRating])
        {
            ITrainingAlgorithm algorithm = Make.Algorithm(name, data, factors: 2);
            ErrorSums errors = new Rounds(algorithm, data, shards: 1).Train(30);
            Assert.True(algorithm.Parameters.IsFinite());
            Assert.InRange(errors.TrainRmse, 0, 2.5);
            Assert.Equal(data.Train.Length, errors.TrainRatings);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Train_UsersAndItemsWithoutRatings_GetNoSay(string name)
    {
        // User 2 and item 3 have no training ratings; what is held out of them is predicted all the same.
        Rating[] train = [new(0, 0, 5), new(0, 1, 3), new(1, 0, 4), new(1, 2, 2), new(3, 1, 1), new(3, 2, 5)];
        Ratings data = new(4, 4, train, [new Rating(2, 0, 4), new Rating(0, 3, 4)]);
        ITrainingAlgorithm algorithm = Make.Algorithm(name, data, factors: 2);
        ErrorSums errors = new Rounds(algorithm, data, shards: 2).Train(20);
        Assert.True(double.IsFinite(errors.TestRmse));
        Assert.Equal(6, errors.TrainRatings);
        Assert.Equal(2, errors.TestRatings);
        ModelParameters model = algorithm.Parameters;
        if (name == "als")
        {
            Assert.Equal([0f, 0, 0], [.. model.UserFactors[4..6], model.UserBiases[2]]);
            Assert.Equal([0f, 0, 0], [.. model.ItemFactors[6..8], model.ItemBiases[3]]);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Train_OtherThreadsAndShardOrders_SameBits(string name)
    {
        Ratings data = Planted.Rank(factors: 2, users: 60, items: 45, density: 0.4, noise: 0.3, seed: 14);
        string[] digests = [.. ((int[])[1, 2, 5]).Select(threads =>
        {
            ITrainingAlgorithm algorithm = Make.Algorithm(name, data, factors: 4, threads);
            Rounds rounds = new(algorithm, data, shards: 5, isReversed: threads == 5);
            for (int round = 0; round < 5; round++) rounds.Run();
            return algorithm.Parameters.Sha256();
        })];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void Train_MiniBatches_ReachTheErrorOfFullBatches()
    {
        Ratings data = Planted.Rank(factors: 2, users: 200, items: 60, density: 0.4, noise: 0.3, seed: 15);
        double whole = new Rounds(Make.Gradient(data, factors: 2), data).Train(100).TestRmse;
        double parts = new Rounds(Make.Gradient(data, factors: 2, batches: 4, options: Make.Options(data) with
        {
            BatchesPerEpoch = 4, Rule = new NesterovRule(0.7f),
        }), data).Train(400).TestRmse;
        Assert.InRange(parts, 0.9 * whole, 1.1 * whole);
    }

    [Fact]
    public void Create_EveryKernel_AgreesWithTheScalarOneToRounding()
    {
        Ratings data = Planted.Rank(factors: 2, users: 60, items: 45, density: 0.4, noise: 0.3, seed: 16);
        foreach (string name in Make.Algorithms)
        {
            double expected = new Rounds(Make.Algorithm(name, data, factors: 5), data).Train(3).TrainRmse;
            foreach (IGradientKernel kernel in GradientKernels.Available)
            {
                ShardAlgorithms kernels = new(kernel, EquationKernels.Available.FirstOrDefault(body => body.Name == kernel.Name) ?? EquationKernels.Available[0]);
                double actual = new Rounds(Make.Algorithm(name, data, factors: 5), data, kernels: kernels).Train(3).TrainRmse;
                Assert.True(Math.Abs(actual - expected) < 1e-3 * expected, $"{name}, {kernel.Name}: {actual}, expected {expected}");
            }
        }
    }
}
