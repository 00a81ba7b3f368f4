using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Gradient;

public sealed class GradientStepTests
{
    private static readonly Ratings Data = Planted.Rank(factors: 2, users: 23, items: 11, density: 0.4, noise: 0.3, seed: 8);

    [Theory]
    [InlineData("momentum", GradientScale.Curvature, 0.1f)]
    [InlineData("nesterov", GradientScale.Curvature, 0.1f)]
    [InlineData("adam", GradientScale.One, 0.03f)]
    [InlineData("momentum", GradientScale.MeanOverAllRatings, 0.01f)]
    public void Steps_OfEveryRule_FollowTheOracle(string rule, GradientScale scale, float rate)
    {
        GradientOptions options = Make.Options(Data) with { Rule = Rule(rule), Scale = scale, LearningRate = rate };
        BatchGradientAlgorithm algorithm = Make.Gradient(Data, factors: 3, options: options);
        StepOracle oracle = new(Data, algorithm.Parameters.Copy(), rule, momentum: 0.9f, options);
        Rounds rounds = new(algorithm, Data);
        for (int step = 1; step <= 6; step++)
        {
            rounds.Run();
            oracle.Step();
            float[][] groups = StepOracle.Groups(algorithm.Parameters);
            for (int group = 0; group < 4; group++) Close.Equal(oracle.Values[group], groups[group], 1e-4, $"{rule}, step {step}, group {group}");
        }
    }

    [Fact]
    public void Steps_ThatMakeTheErrorWorse_LoseTheirVelocity()
    {
        GradientOptions options = Make.Options(Data) with { Rule = new HeavyBallRule(0.9f), LearningRate = 0.25f };
        BatchGradientAlgorithm algorithm = Make.Gradient(Data, factors: 3, options: options);
        StepOracle oracle = new(Data, algorithm.Parameters.Copy(), "momentum", momentum: 0.9f, options);
        Rounds rounds = new(algorithm, Data);
        for (int step = 1; step <= 12; step++)
        {
            rounds.Run();
            oracle.Step();
            float[][] groups = StepOracle.Groups(algorithm.Parameters);
            for (int group = 0; group < 4; group++) Close.Equal(oracle.Values[group], groups[group], 1e-3, $"step {step}, group {group}");
        }

        Assert.InRange(oracle.Restarts, 1, 11);
    }

    [Fact]
    public void PaperStep_IsThatOfTheMeanSquaredErrorWithoutPenalty()
    {
        GradientOptions options = Make.Options(Data) with
        {
            Rule = new HeavyBallRule(0.9f), Scale = GradientScale.MeanOverAllRatings, LearningRate = 0.01f, Weights = RidgeWeights.None,
        };
        BatchGradientAlgorithm algorithm = Make.Gradient(Data, factors: 3, options: options);
        ModelParameters before = algorithm.Parameters.Copy();
        new Rounds(algorithm, Data).Run();

        // One parameter, by the derivative of the mean squared error alone.
        int user = Data.Train[0].User;
        double mean(float shift)
        {
            ModelParameters moved = before.Copy();
            moved.UserBiases[user] += shift;
            return Oracle.SquaredError(moved, Data.Train) / Data.Train.Length;
        }

        double derivative = mean(0.5f) - mean(-0.5f);
        Assert.Equal(before.UserBiases[user] - (0.01 * derivative), algorithm.Parameters.UserBiases[user], 1e-7);
    }

    [Fact]
    public void Step_RowsWithoutRatings_KeepTheirParameters()
    {
        Ratings sparse = new(4, 4, [new(0, 0, 1), new(0, 1, 5), new(2, 1, 4)], []);
        BatchGradientAlgorithm algorithm = Make.Gradient(sparse, factors: 2);
        ModelParameters before = algorithm.Parameters.Copy();
        new Rounds(algorithm, sparse).Train(5);
        ModelParameters after = algorithm.Parameters;
        Assert.Equal(before.UserFactors[2..4], after.UserFactors[2..4]);
        Assert.Equal(before.UserFactors[6..8], after.UserFactors[6..8]);
        Assert.Equal(before.ItemFactors[4..8], after.ItemFactors[4..8]);
        Assert.NotEqual(before.UserFactors[0..2], after.UserFactors[0..2]);
    }

    [Fact]
    public void Step_UsersOutsideTheMiniBatch_KeepTheirParameters()
    {
        BatchGradientAlgorithm algorithm = Make.Gradient(Data, factors: 2, batches: 2);
        ModelParameters before = algorithm.Parameters.Copy();
        new Rounds(algorithm, Data).Run(part: 1);
        int moved = 0;
        for (int user = 0; user < Data.Users; user++)
        {
            bool isSame = before.UserBiases[user] == algorithm.Parameters.UserBiases[user];
            Assert.Equal(!new AotRecTrainer.Model.Data.MiniBatch(1, 2, 42).Contains(user) || Data.UserCounts[user] == 0, isSame);
            if (!isSame) moved++;
        }

        Assert.InRange(moved, 1, Data.Users - 1);
    }

    [Fact]
    public void Restore_InTheMiddle_GoesOnToTheSameBits()
    {
        BatchGradientAlgorithm whole = Make.Gradient(Data, factors: 3);
        new Rounds(whole, Data).Train(9);
        BatchGradientAlgorithm first = Make.Gradient(Data, factors: 3);
        Rounds rounds = new(first, Data);
        for (int round = 0; round < 4; round++) rounds.Run();
        BatchGradientAlgorithm second = Make.Gradient(Data, factors: 3);
        second.Restore(first.Parameters.Copy(), first.State.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
        new Rounds(second, Data).Train(5);
        Assert.Equal(whole.Parameters.Sha256(), second.Parameters.Sha256());
    }

    private static IUpdateRule Rule(string name) => name switch
    {
        "momentum" => new HeavyBallRule(0.9f),
        "nesterov" => new NesterovRule(0.9f),
        _ => new AdamRule(0.9f),
    };
}
