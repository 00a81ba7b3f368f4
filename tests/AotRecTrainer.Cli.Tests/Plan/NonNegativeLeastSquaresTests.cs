using AotRecTrainer.Cli.Plan.Model;
using Xunit;

namespace AotRecTrainer.Cli.Tests.Plan;

public sealed class NonNegativeLeastSquaresTests
{
    [Fact]
    public void Solve_SquareSystemWithPositiveSolution_IsIt()
    {
        double[] x = NonNegativeLeastSquares.Solve([[2, 1], [1, 3]], [5, 10]);
        Assert.Equal(1, x[0], 1e-9);
        Assert.Equal(3, x[1], 1e-9);
    }

    // Without the bound x would be (2, -1); with it the best is the projection on the first column.
    [Fact]
    public void Solve_SolutionThatWouldBeNegative_IsAtTheBound()
    {
        double[] x = NonNegativeLeastSquares.Solve([[1, 1], [1, 2]], [1, 0]);
        Assert.Equal(0.5, x[0], 1e-9);
        Assert.Equal(0, x[1]);
    }

    [Fact]
    public void Solve_ColumnOfZeros_IsZero() => Assert.Equal(0, NonNegativeLeastSquares.Solve([[1, 0], [1, 0]], [2, 2])[1]);

    [Fact]
    public void Solve_NoRows_IsEmpty() => Assert.Empty(NonNegativeLeastSquares.Solve([], []));

    [Fact]
    public void Solve_MoreValuesThanRows_SaysSo() =>
        Assert.Contains("2 values, expected 1", Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([[1]], [1, 2])).Message, StringComparison.Ordinal);

    // What makes a least-squares solution with bounds the best there is: no slope where it is free, an upward one where it is held.
    [Fact]
    public void Solve_RandomProblems_MeetTheConditionsOfTheOptimum()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int problem = 0; problem < 200; problem++)
        {
            int width = random.Next(1, 12), height = random.Next(width, 40);
            double[][] rows = [.. Enumerable.Range(0, height).Select(_ => Enumerable.Range(0, width).Select(_ => (random.NextDouble() * 2) - 1).ToArray())];
            double[] right = [.. Enumerable.Range(0, height).Select(_ => (random.NextDouble() * 2) - 1)];
            double[] x = NonNegativeLeastSquares.Solve(rows, right);
            for (int i = 0; i < width; i++)
            {
                double slope = rows.Select((row, r) => row[i] * (row.Select((a, j) => a * x[j]).Sum() - right[r])).Sum();
                Assert.True(x[i] >= 0);
                if (x[i] > 0) Assert.True(Math.Abs(slope) < 1e-6, $"seed {seed}, problem {problem}: slope {slope} at a free column");
                else Assert.True(slope > -1e-6, $"seed {seed}, problem {problem}: slope {slope} at a held column");
            }
        }
    }
}
