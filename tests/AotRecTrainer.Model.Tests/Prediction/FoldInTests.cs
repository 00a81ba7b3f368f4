using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Prediction;
using AotRecTrainer.Model.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Model.Tests.Prediction;

public sealed class FoldInTests
{
    private static readonly RidgeWeights Slight = new(Factors: 0, FactorFloor: 1e-4f, Bias: 0, BiasFloor: 1e-4f, Exponent: 0);

    [Fact]
    public void Solve_RatingsOfAPlantedUser_FindsTheUser()
    {
        ModelParameters model = Items(count: 40, factors: 3, seed: 5);
        float[] p = [0.8f, -0.3f, 0.5f];
        int[] items = [.. Enumerable.Range(0, 40)];
        float[] ratings = [.. items.Select(item => model.GlobalMean + 0.4f + model.ItemBiases[item]
            + Enumerable.Range(0, 3).Sum(f => p[f] * model.ItemFactors[(item * 3) + f]))];
        UserRow row = Assert.Single(FoldIn.Solve([model], items, ratings, Slight));
        Assert.Equal(0.4f, row.Bias, 3e-3f);
        for (int f = 0; f < 3; f++) Assert.Equal(p[f], row.Factors.Span[f], 3e-3f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void Solve_AnyRatings_IsRidgeRegressionAsAnotherLibrarySolvesIt(int count)
    {
        ModelParameters model = Items(count: 30, factors: 5, seed: 6);
        Random random = new(count);
        int[] items = [.. Enumerable.Range(0, 30).OrderBy(_ => random.Next()).Take(count)];
        float[] ratings = [.. items.Select(_ => (float)(1 + (4 * random.NextDouble())))];
        RidgeWeights weights = RidgeWeights.Automatic(ratingDeviation: 1, users: 50, items: 30);
        Matrix<double> z = Matrix<double>.Build.Dense(
            count, 6, (row, column) => column < 5 ? model.ItemFactors[(items[row] * 5) + column] : 1);
        Vector<double> y = Vector<double>.Build.Dense(count, row => ratings[row] - model.GlobalMean - model.ItemBiases[items[row]]);
        Vector<double> ridge = Vector<double>.Build.Dense(6, at => at < 5 ? weights.OfFactors(count) : weights.OfBias(count));
        Matrix<double> matrix = z.TransposeThisAndMultiply(z) + Matrix<double>.Build.DiagonalOfDiagonalVector(ridge);
        Vector<double> expected = matrix.Solve(z.TransposeThisAndMultiply(y));
        UserRow row = Assert.Single(FoldIn.Solve([model], items, ratings, weights));
        for (int f = 0; f < 5; f++) Assert.Equal(expected[f], row.Factors.Span[f], 1e-4);
        Assert.Equal(expected[5], row.Bias, 1e-4);
    }

    [Fact]
    public void Solve_NoRatings_IsZero()
    {
        UserRow row = Assert.Single(FoldIn.Solve([Items(count: 3, factors: 2, seed: 7)], [], [], Slight));
        Assert.Equal(0, row.Bias);
        Assert.Equal([0, 0], row.Factors.ToArray());
    }

    [Fact]
    public void Solve_SeveralSamples_GivesARowForEach()
    {
        ModelParameters[] samples = [Items(count: 8, factors: 2, seed: 1), Items(count: 8, factors: 2, seed: 2)];
        UserRow[] rows = FoldIn.Solve(samples, [1, 5], [4, 2], Slight);
        for (int i = 0; i < 2; i++)
            Assert.Equal(FoldIn.Solve([samples[i]], [1, 5], [4, 2], Slight)[0].Factors.ToArray(), rows[i].Factors.ToArray());
    }

    [Fact]
    public void Solve_RatingThatIsNoNumber_IsAModelException() =>
        Assert.Throws<ModelException>(() => FoldIn.Solve([Items(count: 3, factors: 2, seed: 7)], [0], [float.PositiveInfinity], Slight));

    private static ModelParameters Items(int count, int factors, int seed)
    {
        Random random = new(seed);
        ModelParameters model = new(new ModelShape(Users: 0, Items: count, Factors: factors), globalMean: 3.5f);
        foreach (ref float factor in model.ItemFactors.AsSpan()) factor = (float)Planted.Normal(random);
        foreach (ref float bias in model.ItemBiases.AsSpan()) bias = (float)(0.3 * Planted.Normal(random));
        return model;
    }
}
