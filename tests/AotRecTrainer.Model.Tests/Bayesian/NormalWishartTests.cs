using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Model.Tests.Bayesian;

public sealed class NormalWishartTests
{
    private const int Draws = 4000;
    private const double Sigma = 1.3;

    /// <summary>Means against the conditional distribution of Salakhutdinov and Mnih 2008, equation 14, in closed form.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(40, 4)]
    public void Draw_ManyDraws_HaveTheMomentsOfTheConditional(int rows, int factors)
    {
        int order = factors + 1;
        Random random = new(17);
        double[][] points = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, order).Select(i => (float)(Planted.Normal(random) + (0.5 * i))).Select(value => (double)value).ToArray())];
        Matrix<double> scale = ScaleInverse(points, order, out double[] mean).Inverse();
        double degrees = order + rows;
        GaussianPrior[] draws = Draw(points, factors);
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

        // µ given Λ is normal around the shrunken mean, with precision (β₀ + N) Λ: whitened by Λ it must have unit variance.
        double whitened = draws.Average(draw => Distance(draw, mean, rows)) / order;
        Close.Mean(1, whitened, 2.0 / order, Draws, "squared distance of the mean");
        for (int i = 0; i < order; i++)
        {
            double spread = draws.Average(draw => Math.Pow(draw.Mean[i] - mean[i], 2));
            Close.Mean(mean[i], draws.Average(draw => (double)draw.Mean[i]), spread, Draws, $"mean [{i}]");
        }
    }

    [Fact]
    public void Draw_SameKey_SameBits()
    {
        double[][] points = [[0.5, -1, 2], [0, 1, 1]];
        GaussianPrior[] first = Draw(points, factors: 2)[..5];
        GaussianPrior[] second = Draw(points, factors: 2)[..5];
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
        ModelException problem = Assert.Throws<ModelException>(() => Draw([[double.NaN, 1]], factors: 1));
        Assert.True(problem.IsDivergence);
    }

    private static GaussianPrior[] Draw(double[][] points, int factors)
    {
        float[] rows = [.. points.SelectMany(point => point.Take(factors)).Select(value => (float)value)];
        float[] biases = [.. points.Select(point => (float)point[factors])];
        return [.. Enumerable.Range(0, Draws).Select(draw => NormalWishart.Draw(factors + 1, rows, biases, Sigma, Key(draw)))];
    }

    private static KeyedRandom Key(int draw) => new(seed: 7, stream: 99, row: (ulong)draw);

    private static Matrix<double> ScaleInverse(double[][] points, int order, out double[] mean)
    {
        int rows = points.Length;
        double[] average = new double[order];
        foreach (double[] point in points)
        {
            for (int i = 0; i < order; i++) average[i] += point[i] / rows;
        }

        Matrix<double> inverse = Matrix<double>.Build.Dense(order, order, (i, j) =>
            points.Sum(point => (point[i] - average[i]) * (point[j] - average[j])) + (2.0 * rows / (2 + rows) * average[i] * average[j]));
        for (int i = 0; i < order; i++) inverse[i, i] += 0.3 * (i < order - 1 ? Sigma : Sigma * Sigma);
        mean = [.. average.Select(value => value * rows / (2 + rows))];
        return inverse;
    }

    private static double Distance(GaussianPrior draw, double[] mean, int rows)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                double precision = draw.Precision[GaussianPrior.Packed(Math.Max(i, j), Math.Min(i, j))];
                sum += (2 + rows) * precision * (draw.Mean[i] - mean[i]) * (draw.Mean[j] - mean[j]);
            }
        }

        return sum;
    }
}
