using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Model.Tests.Equations;

public sealed class AlsAlgorithmTests
{
    private static readonly RidgeWeights Weights = new(0.3f, 0.7f, 0.2f, 1.1f, 0.5f);

    public static TheoryData<string, int> KernelsAndFactors
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (IEquationKernel kernel in EquationKernels.Available)
            {
                foreach (int factors in (int[])[1, 3, 7, 8, 16]) data.Add(kernel.Name, factors);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(KernelsAndFactors))]
    public void Round_EveryUserAndItem_IsTheExactRidgeSolution(string kernel, int factors)
    {
        Ratings data = Planted.Rank(factors: 2, users: 30, items: 18, density: 0.4, noise: 0.4, seed: 4);
        AlsAlgorithm algorithm = Make.Als(data, factors, Weights);
        ModelParameters start = algorithm.Parameters.Copy();
        new Rounds(algorithm, data, kernels: new(GradientKernels.Select("scalar"), EquationKernels.Select(kernel))).Run();
        ModelParameters model = algorithm.Parameters;
        for (int user = 0; user < data.Users; user++)
        {
            Rating[] own = [.. data.Train.Where(rating => rating.User == user)];
            double[] expected = Ridge(start.GlobalMean, own, rating => Row(start.ItemFactors, start.ItemBiases, rating.Item), factors);
            Close.Equal(expected, Row(model.UserFactors, model.UserBiases, user), 2e-4, $"user {user}");
        }

        for (int item = 0; item < data.Items; item++)
        {
            Rating[] own = [.. data.Train.Where(rating => rating.Item == item)];
            double[] expected = Ridge(start.GlobalMean, own, rating => Row(model.UserFactors, model.UserBiases, rating.User), factors);
            Close.Equal(expected, Row(model.ItemFactors, model.ItemBiases, item), 2e-4, $"item {item}");
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(1f)]
    public void Objective_FromRoundToRound_NeverRises(float exponent)
    {
        Ratings data = Planted.Rank(factors: 3, users: 60, items: 40, density: 0.3, noise: 0.5, seed: 12);
        RidgeWeights weights = Weights with { Exponent = exponent };
        AlsAlgorithm algorithm = Make.Als(data, factors: 5, weights);
        Rounds rounds = new(algorithm, data);
        double before = double.PositiveInfinity;
        for (int round = 1; round <= 25; round++)
        {
            rounds.Run();
            double after = Oracle.Objective(algorithm.Parameters, data, weights);
            Assert.True(after <= before * (1 + 1e-6), $"exponent {exponent}, round {round}: {after:R} after {before:R}");
            before = after;
        }
    }

    [Fact]
    public void Errors_OfARound_AreThoseOfTheUsersJustSolved()
    {
        Ratings data = Planted.Rank(factors: 2, users: 25, items: 15, density: 0.5, noise: 0.4, seed: 5);
        AlsAlgorithm algorithm = Make.Als(data, factors: 3);
        Rounds rounds = new(algorithm, data);
        rounds.Run();
        double squared = rounds.Measure().TrainSquared;
        Assert.Equal(Oracle.SquaredError(algorithm.Parameters, data.Train), squared, 1e-4 * squared);
    }

    /// <summary>(Σ z zᵀ + diag(λ)) x = Σ z (r − µ − bias of the other side), z being the other side's factors and 1.</summary>
    private static double[] Ridge(double mean, Rating[] ratings, Func<Rating, float[]> other, int factors)
    {
        if (ratings.Length == 0) return new double[factors + 1];
        Matrix<double> matrix = Matrix<double>.Build.Dense(factors + 1, factors + 1);
        Vector<double> right = Vector<double>.Build.Dense(factors + 1);
        foreach (Rating rating in ratings)
        {
            float[] row = other(rating);
            Vector<double> z = Vector<double>.Build.Dense(factors + 1, f => f < factors ? row[f] : 1);
            matrix += z.OuterProduct(z);
            right += z * (rating.Value - mean - row[factors]);
        }

        for (int i = 0; i <= factors; i++)
        {
            matrix[i, i] += i < factors
                ? Oracle.Weight(Weights.Factors, Weights.FactorFloor, Weights.Exponent, ratings.Length)
                : Oracle.Weight(Weights.Bias, Weights.BiasFloor, Weights.Exponent, ratings.Length);
        }

        return [.. matrix.Solve(right)];
    }

    private static float[] Row(float[] factors, float[] biases, int row)
    {
        int length = factors.Length / biases.Length;
        return [.. factors.AsSpan(row * length, length), biases[row]];
    }
}
