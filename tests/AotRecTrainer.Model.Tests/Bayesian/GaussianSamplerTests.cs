using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Model.Tests.Bayesian;

public sealed class GaussianSamplerTests
{
    private const int Order = 4;
    private const int Draws = 20_000;
    private const float NoisePrecision = 1.7f;
    private const float LogMean = 1.1f;
    private const float LogDeviation = 0.8f;

    private static readonly Random Source = new(23);
    private static readonly Matrix<double> PriorPrecision = Positive();
    private static readonly Matrix<double> Ratings = Positive();
    private static readonly float[] PriorMean = [0.3f, -0.8f, 1.1f, 0.2f];
    private static readonly float[] PriorSlope = [0.4f, 0.1f, -0.5f, 0.9f];
    private static readonly float[] RightSide = [2.5f, -1, 0.7f, 3];

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Solve_ManyRows_HaveTheMeanAndCovarianceOfTheConditional(int count)
    {
        // A = Λ + α Σ z zᵀ, mean A⁻¹ (Λ (µ + z β) + α Σ z r); without ratings the prior itself.
        double alpha = count == 0 ? 0 : NoisePrecision;
        Matrix<double> precision = PriorPrecision + (alpha * Ratings);
        double activity = (Math.Log(1 + count) - LogMean) / LogDeviation;
        Vector<double> right = (PriorPrecision * Vector<double>.Build.Dense(Order, i => PriorMean[i] + (activity * PriorSlope[i])))
            + (alpha * Vector<double>.Build.Dense(Order, i => RightSide[i]));
        Vector<double> mean = precision.Solve(right);
        Matrix<double> covariance = precision.Inverse();
        float[][] draws = [.. Enumerable.Range(0, Draws).Select(row => Draw(row, count))];
        for (int i = 0; i < Order; i++)
        {
            Close.Mean(mean[i], draws.Average(draw => (double)draw[i]), covariance[i, i], Draws, $"mean [{i}]");
            for (int j = 0; j <= i; j++)
            {
                double product = draws.Average(draw => (draw[i] - mean[i]) * (draw[j] - mean[j]));
                double variance = (covariance[i, i] * covariance[j, j]) + (covariance[i, j] * covariance[i, j]);
                Close.Mean(covariance[i, j], product, variance, Draws, $"covariance [{i}, {j}]");
            }
        }
    }

    [Fact]
    public void Solve_SameKeyAndEquations_SameBits() => Assert.Equal(Draw(12, 5), Draw(12, 5));

    [Fact]
    public void Solve_NeighbouringRows_AreNotCorrelated()
    {
        double product = 0;
        double mean = PriorMean[0] - (LogMean / LogDeviation * PriorSlope[0]);
        for (int row = 0; row < Draws; row++) product += (Draw(row, 0)[0] - mean) * (Draw(row + 1, 0)[0] - mean);
        double variance = PriorPrecision.Inverse()[0, 0];
        Close.Mean(0, product / Draws, variance * variance, Draws, "covariance of neighbours");
    }

    [Fact]
    public void Solve_EquationsThatAreNotFinite_IsADivergenceThatNamesTheRow()
    {
        float[] matrix = Packed(Ratings);
        matrix[3] = float.NaN;
        ModelException problem = Assert.Throws<ModelException>(() => Sampler().Solve(31, 2, matrix, new float[Order]));
        Assert.True(problem.IsDivergence);
        Assert.Contains("row 31", problem.Message, StringComparison.Ordinal);
    }

    private static GaussianSampler Sampler() =>
        new(new GaussianPrior(PriorMean, PriorSlope, Packed(PriorPrecision), LogMean, LogDeviation), NoisePrecision, seed: 3, stream: 40);

    private static float[] Draw(int row, int count)
    {
        float[] matrix = count == 0 ? new float[Order * (Order + 1) / 2] : Packed(Ratings);
        float[] vector = count == 0 ? new float[Order] : [.. RightSide];
        Sampler().Solve(row, count, matrix, vector);
        return vector;
    }

    /// <summary>Rounded to single precision, so that the closed form sees what the sampler sees.</summary>
    private static Matrix<double> Positive()
    {
        Matrix<double> root = Matrix<double>.Build.Dense(Order, Order, (_, _) => Source.NextDouble() - 0.5);
        return ((root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(Order)).Map(value => (double)(float)value);
    }

    private static float[] Packed(Matrix<double> matrix)
    {
        float[] packed = new float[Order * (Order + 1) / 2];
        for (int i = 0; i < Order; i++)
        {
            for (int j = 0; j <= i; j++) packed[GaussianPrior.Packed(i, j)] = (float)matrix[i, j];
        }

        return packed;
    }
}
