using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Model.Tests.Bayesian;

public sealed class NormalWishartTests
{
    private const int Draws = 4000;
    private const double Sigma = 1.3;

    /// <summary>
    /// Means against the conditional distribution in closed form: rows X = Z B + noise with z = (1, activity), B ~ MN(0, 1/2, Λ⁻¹),
    /// Λ ~ W(W₀, order).
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(40, 4)]
    public void Draw_ManyDraws_HaveTheMomentsOfTheConditional(int rows, int factors)
    {
        int order = factors + 1;
        Random random = new(17);
        Matrix<double> points = Matrix<double>.Build.Dense(rows, order, (_, i) => (float)(Planted.Normal(random) + (0.5 * i)));
        int[] counts = [.. Enumerable.Range(0, rows).Select(row => row * row)];
        GaussianPrior[] draws = Draw(points, counts);
        Matrix<double> covariates = Matrix<double>.Build.Dense(rows, 2, (row, i) => i == 0 ? 1 : draws[0].Activity(counts[row]));
        Matrix<double> weight = covariates.TransposeThisAndMultiply(covariates) + (2 * Matrix<double>.Build.DenseIdentity(2));
        Matrix<double> slopes = weight.Inverse() * covariates.TransposeThisAndMultiply(points);
        Matrix<double> inverse = points.TransposeThisAndMultiply(points) - (slopes.Transpose() * weight * slopes);
        for (int i = 0; i < order; i++) inverse[i, i] += 0.3 * (i < order - 1 ? Sigma : Sigma * Sigma);
        Matrix<double> scale = inverse.Inverse();
        double degrees = order + rows;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Wishart: mean ν W, variance of an element ν (W_ij² + W_ii W_jj).
                double variance = degrees * ((scale[i, j] * scale[i, j]) + (scale[i, i] * scale[j, j]));
                double average = draws.Average(draw => (double)draw.Precision[GaussianPrior.Packed(i, j)]);
                Close.Mean(degrees * scale[i, j], average, variance, Draws, $"precision [{i}, {j}]");
            }
        }

        CheckNormal(draws, draw => draw.Mean, [.. slopes.Row(0)], weight[0, 0], "mean");
        CheckNormal(draws, draw => draw.Slope, [.. slopes.Row(1)], weight[1, 1], "slope");
    }

    [Fact]
    public void Activity_OfTheRows_HasMeanZeroAndDeviationOne()
    {
        int[] counts = [0, 1, 5, 40, 1000];
        GaussianPrior prior = Draw(Matrix<double>.Build.Dense(5, 2), counts)[0];
        Assert.Equal(0, counts.Average(count => prior.Activity(count)), 1e-6);
        Assert.Equal(1, counts.Average(count => Math.Pow(prior.Activity(count), 2)), 1e-6);
        Assert.Equal(0, Draw(Matrix<double>.Build.Dense(3, 2), [7, 7, 7])[0].Activity(7), 1e-6);
    }

    [Fact]
    public void Draw_SameKey_SameBits()
    {
        Matrix<double> points = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -1, 2 }, { 0, 1, 1 } });
        GaussianPrior[] first = Draw(points, [3, 4])[..5];
        GaussianPrior[] second = Draw(points, [3, 4])[..5];
        for (int i = 0; i < first.Length; i++)
        {
            Assert.Equal(first[i].Mean, second[i].Mean);
            Assert.Equal(first[i].Precision, second[i].Precision);
        }

        Assert.NotEqual(first[0].Mean, first[1].Mean);
    }

    [Fact]
    public void Draw_RowsThatAreNotFinite_IsADivergence()
    {
        ModelException problem = Assert.Throws<ModelException>(() => Draw(Matrix<double>.Build.Dense(1, 2, double.NaN), [1]));
        Assert.True(problem.IsDivergence);
    }

    /// <summary>Normal given Λ, with precision weight Λ: whitened by it the distance from the mean must have unit variance.</summary>
    private static void CheckNormal(GaussianPrior[] draws, Func<GaussianPrior, float[]> part, double[] mean, double weight, string what)
    {
        int order = mean.Length;
        Close.Mean(1, draws.Average(draw => weight * Distance(draw, part(draw), mean)) / order, 2.0 / order, Draws, $"squared distance of the {what}");
        for (int i = 0; i < order; i++)
        {
            double spread = draws.Average(draw => Math.Pow(part(draw)[i] - mean[i], 2));
            Close.Mean(mean[i], draws.Average(draw => (double)part(draw)[i]), spread, Draws, $"{what} [{i}]");
        }
    }

    private static double Distance(GaussianPrior draw, float[] drawn, double[] mean)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            for (int j = 0; j < mean.Length; j++)
                sum += draw.Precision[GaussianPrior.Packed(Math.Max(i, j), Math.Min(i, j))] * (drawn[i] - mean[i]) * (drawn[j] - mean[j]);
        }

        return sum;
    }

    private static GaussianPrior[] Draw(Matrix<double> points, int[] counts)
    {
        int factors = points.ColumnCount - 1;
        float[] rows = [.. points.EnumerateRows().SelectMany(row => row.Take(factors)).Select(value => (float)value)];
        float[] biases = [.. points.Column(factors).Select(value => (float)value)];
        return [.. Enumerable.Range(0, Draws).Select(draw => NormalWishart.Draw(rows, biases, counts, Sigma, new KeyedRandom(seed: 7, stream: 99, row: (ulong)draw)))];
    }
}
