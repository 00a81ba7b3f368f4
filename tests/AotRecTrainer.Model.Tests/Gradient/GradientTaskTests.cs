using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Model.Tests.Support;

namespace AotRecTrainer.Model.Tests.Gradient;

public sealed class GradientTaskTests
{
    // Half the squared error is quadratic in every single parameter: a central difference is exact for any step.
    private const float Step = 0.25f;

    private static readonly Ratings Data = Planted.Rank(factors: 2, users: 11, items: 7, density: 0.5, noise: 0.5, seed: 3);

    public static TheoryData<string, int> KernelsAndFactors
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (IGradientKernel kernel in GradientKernels.Available)
            {
                foreach (int factors in (int[])[1, 3, 4, 8, 17]) data.Add(kernel.Name, factors);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(KernelsAndFactors))]
    public void Statistics_OfAllRatings_AreTheDerivativesOfHalfTheSquaredError(string kernel, int factors)
    {
        ModelParameters model = RandomModel(factors);
        Check(model, Sum(model, MiniBatch.Whole, kernel), Data.Train, kernel);
    }

    [Theory, MemberData(nameof(KernelsAndFactors))]
    public void Statistics_OfAMiniBatch_AreTheDerivativesOverItsUsersOnly(string kernel, int factors)
    {
        ModelParameters model = RandomModel(factors);
        MiniBatch batch = new(1, 3, Seed: 9);
        Rating[] own = [.. Data.Train.Where(rating => batch.Contains(rating.User))];
        Assert.InRange(own.Length, 1, Data.Train.Length - 1);
        StatisticsSum sum = Sum(model, batch, kernel);
        Check(model, sum, own, kernel);
        Assert.Equal(own.Length, sum.Errors.TrainRatings);
        Assert.Equal(Data.Test.Count(rating => batch.Contains(rating.User)), sum.Errors.TestRatings);
    }

    [Fact]
    public void Errors_OfHeldOutRatings_AreOfClippedPredictions()
    {
        ModelParameters model = RandomModel(3);
        for (int i = 0; i < model.UserBiases.Length; i++) model.UserBiases[i] *= 30;
        ErrorSums errors = Sum(model, MiniBatch.Whole, "scalar").Errors;
        double[] residuals = [.. Data.Test.Select(r => r.Value - Math.Clamp(Oracle.Predict(model, r.User, r.Item), Data.Low, Data.High))];
        Assert.Equal(residuals.Sum(r => r * r), errors.TestSquared, 1e-4 * errors.TestSquared);
        Assert.Equal(residuals.Sum(Math.Abs), errors.TestAbsolute, 1e-4 * errors.TestAbsolute);
        Assert.Equal(Oracle.SquaredError(model, Data.Train), errors.TrainSquared, 1e-4 * errors.TrainSquared);
    }

    private static void Check(ModelParameters model, StatisticsSum sum, Rating[] ratings, string kernel)
    {
        Compare(model.UserFactors, sum.UserFactors, "user factors");
        Compare(model.UserBiases, sum.UserBiases, "user biases");
        Compare(model.ItemFactors, sum.ItemFactors, "item factors");
        Compare(model.ItemBiases, sum.ItemBiases, "item biases");

        void Compare(float[] parameters, float[] gradient, string what)
        {
            double[] expected = new double[parameters.Length];
            for (int i = 0; i < parameters.Length; i++)
            {
                float kept = parameters[i];
                parameters[i] = kept + Step;
                double above = Oracle.SquaredError(model, ratings);
                float up = parameters[i];
                parameters[i] = kept - Step;
                expected[i] = 0.5 * (above - Oracle.SquaredError(model, ratings)) / ((double)up - parameters[i]);
                parameters[i] = kept;
            }

            Close.Equal(expected, gradient, 1e-5, $"{kernel}, {what}");
        }
    }

    private static StatisticsSum Sum(ModelParameters model, MiniBatch batch, string kernel) => Rounds.Sum(
        new GradientTask(model, batch), Data.ToShards(3), Data.Users, new ShardAlgorithms(GradientKernels.Select(kernel), EquationKernels.Select("scalar")));

    private static ModelParameters RandomModel(int factors)
    {
        ModelParameters model = Make.Start(Data, factors, 0.5f);
        Random random = new(5);
        for (int i = 0; i < model.UserBiases.Length; i++) model.UserBiases[i] = random.NextSingle() - 0.5f;
        for (int i = 0; i < model.ItemBiases.Length; i++) model.ItemBiases[i] = random.NextSingle() - 0.5f;
        return model;
    }
}
