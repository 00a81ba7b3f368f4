namespace AotRecTrainer.Kernels.Tests;

public sealed class ErrorKernelTests
{
    [Fact]
    public void Evaluate_PredictionsPastTheScale_AreClipped()
    {
        // Predictions 3 + 0 + b_i: 13, -7 and 3.5, held to 5, 1 and 3.5.
        RatingRows rows = RatingRows.Create([0, 3], [0, 1, 2], [4, 3, 3], itemCount: 3);
        ErrorTotals totals = ErrorKernel.Evaluate(rows, 3, [0], [0], [0, 0, 0], [10, -10, 0.5f], factors: 1, low: 1, high: 5);
        Assert.Equal(new ErrorTotals(1 + 4 + 0.25, 1 + 2 + 0.5, 3), totals);
        Assert.Equal(Math.Sqrt(5.25 / 3), totals.RootMeanSquare);
        Assert.Equal(3.5 / 3, totals.MeanAbsolute);
        Assert.Equal(new ErrorTotals(10.5, 7, 6), totals + totals);
    }

    [Fact]
    public void Evaluate_EveryFactorCount_MatchesTheGradientLoss()
    {
        for (int factors = 1; factors <= 67; factors++)
        {
            Problem problem = Problem.Create(factors, [3, 0, 5, 11], items: 6, seed: factors);
            ErrorTotals totals = Evaluate(problem, float.NegativeInfinity, float.PositiveInfinity);
            double expected = problem.Run(GradientKernels.Select("scalar")).Totals.SquaredError;
            Assert.Equal(expected, totals.SquaredError, expected * 1e-5);
            Assert.Equal(19, totals.Ratings);
        }
    }

    [Fact]
    public void Evaluate_NotANumber_IsNotHiddenByClipping()
    {
        Problem problem = Problem.Create(3, [2], items: 2, seed: 1);
        problem.UserBiases[0] = float.NaN;
        Assert.True(double.IsNaN(Evaluate(problem, 1, 5).SquaredError));
    }

    [Fact]
    public void Evaluate_WrongArguments_Throw()
    {
        Assert.Throws<ArgumentException>(() => Shapes(users: 3, biases: 1, itemFactors: 4, items: 2, low: 1));
        Assert.Throws<ArgumentException>(() => Shapes(users: 2, biases: 2, itemFactors: 4, items: 2, low: 1));
        Assert.Throws<ArgumentException>(() => Shapes(users: 2, biases: 1, itemFactors: 5, items: 2, low: 1));
        Assert.Throws<ArgumentException>(() => Shapes(users: 2, biases: 1, itemFactors: 2, items: 1, low: 1));
        Assert.Throws<ArgumentException>(() => Shapes(users: 2, biases: 1, itemFactors: 4, items: 2, low: 6));
        Assert.Throws<ArgumentException>(() => Shapes(users: 2, biases: 1, itemFactors: 4, items: 2, low: float.NaN));
        Assert.Equal(1, Shapes(users: 2, biases: 1, itemFactors: 4, items: 2, low: 1).Ratings);
    }

    private static ErrorTotals Shapes(int users, int biases, int itemFactors, int items, float low) =>
        ErrorKernel.Evaluate(
            RatingRows.Create([0, 1], [1], [3], 2),
            3,
            new float[users],
            new float[biases],
            new float[itemFactors],
            new float[items],
            factors: 2,
            low,
            high: 5);

    private static ErrorTotals Evaluate(Problem problem, float low, float high) =>
        ErrorKernel.Evaluate(
            problem.Rows,
            problem.GlobalMean,
            problem.UserFactors,
            problem.UserBiases,
            problem.ItemFactors,
            problem.ItemBiases,
            problem.Factors,
            low,
            high);
}
