namespace AotRecTrainer.Kernels.Tests;

public sealed class GradientKernelTests
{
    private const int MostFactors = 67;     // under, at and past four 512-bit vectors
    private const int Seed = 20_240_611;

    private static readonly IGradientKernel Scalar = GradientKernels.Select("scalar");

    public static TheoryData<string> EveryKernel => [.. GradientKernels.Available.Select(kernel => kernel.Name)];

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_EveryFactorCountAndRowLength_MatchesScalar(string name)
    {
        IGradientKernel kernel = GradientKernels.Select(name);
        for (int factors = 1; factors <= MostFactors; factors++)
        {
            // Few items, so that one row often holds an item twice; empty users at both ends and between.
            Problem problem = Problem.Create(factors, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 17, 300, 0], items: 7, Seed + factors);
            Close.Equal(problem.Run(Scalar), problem.Run(kernel), 4e-6, $"{name}, {factors} factors, seed {Seed + factors}");
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_EveryFactorCount_MatchesFiniteDifferences(string name)
    {
        IGradientKernel kernel = GradientKernels.Select(name);
        for (int factors = 1; factors <= MostFactors; factors++)
        {
            Problem problem = Problem.Create(factors, [5, 0, 9, 1], items: 4, Seed - factors);
            Answer expected = Numeric(problem);
            Close.Equal(expected, problem.Run(kernel), 1e-5, $"{name}, {factors} factors, seed {Seed - factors}");
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_ArgumentsAtTheEndOfAPage_GivesTheSameBits(string name)
    {
        IGradientKernel kernel = GradientKernels.Select(name);
        for (int factors = 1; factors <= MostFactors; factors++)
        {
            Problem problem = Problem.Create(factors, [0, 1, 9, 0, 6], items: 4, Seed + factors);
            AssertSameBits(problem.Run(kernel), problem.RunAtPageEnd(kernel));
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_OneRatingOfWholeNumbers_IsExact(string name)
    {
        // Prediction 2 + 0.5 + 0.25 + (2·3 + 1·(−4)) = 4.75, residual 5 − 4.75 = 0.25.
        using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(items: 2, factors: 2);
        workspace.LoadItems(2, [9, 9, 3, -4], [9, 0.25f]);
        float[] userFactors = new float[2];
        float[] userBiases = new float[1];
        float[] itemFactors = new float[4];
        float[] itemBiases = new float[2];
        RatingRows rows = RatingRows.Create([0, 1], [1], [5], itemCount: 2);
        GradientTotals totals = workspace.Accumulate(rows, [2, 1], [0.5f], userFactors, userBiases);
        workspace.TakeItemGradient(itemFactors, itemBiases);
        Assert.Equal(new GradientTotals(0.0625, 1), totals);
        Assert.Equal([-0.75f, 1], userFactors);
        Assert.Equal([-0.25f], userBiases);
        Assert.Equal([0, 0, -0.5f, -0.25f], itemFactors);
        Assert.Equal([0, -0.25f], itemBiases);
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_InBlocks_GivesTheSameBitsAsAtOnce(string name)
    {
        foreach (int factors in (int[])[1, 3, 7, 8, 16, 31, 64])
        {
            Problem problem = Problem.Create(factors, [4, 9, 0, 3, 12], items: 5, Seed);
            Answer whole = problem.Run(GradientKernels.Select(name));
            Answer parts = Answer.Shaped(problem);
            using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(problem.Items, factors);
            workspace.LoadItems(problem.GlobalMean, problem.ItemFactors, problem.ItemBiases);
            long ratings = 0;
            foreach ((int first, int users) in ((int, int)[])[(0, 2), (2, 0), (2, 3)])
            {
                ratings += workspace.Accumulate(
                    problem.Rows.Slice(first, users),
                    problem.UserFactors.AsSpan(first * factors, users * factors),
                    problem.UserBiases.AsSpan(first, users),
                    parts.UserFactors.AsSpan(first * factors, users * factors),
                    parts.UserBiases.AsSpan(first, users)).Ratings;
            }

            workspace.TakeItemGradient(parts.ItemFactors, parts.ItemBiases);
            Assert.Equal(whole.Totals.Ratings, ratings);
            AssertSameBits(whole, parts);
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_Again_GivesTheSameBits(string name)
    {
        Problem problem = Problem.Create(20, [40, 3, 0, 11], items: 30, Seed);
        using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(problem.Items, problem.Factors);
        workspace.LoadItems(problem.GlobalMean, problem.ItemFactors, problem.ItemBiases);
        Answer first = problem.Run(workspace);
        AssertSameBits(first, problem.Run(workspace));                                  // taking the gradient cleared it
        workspace.Accumulate(problem.Rows, problem.UserFactors, problem.UserBiases, first.UserFactors, first.UserBiases);
        workspace.LoadItems(problem.GlobalMean, problem.ItemFactors, problem.ItemBiases);
        AssertSameBits(first, problem.Run(workspace));                                  // and so does loading
        AssertSameBits(first, problem.Run(GradientKernels.Select(name)));
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_InSteadyState_AllocatesNothing(string name)
    {
        foreach (int factors in (int[])[3, 8, 20, 64, 67])
        {
            Problem problem = Problem.Create(factors, [40, 3, 0, 11], items: 30, Seed);
            using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(problem.Items, factors);
            Answer answer = Answer.Shaped(problem);
            Round(problem, workspace, answer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Round(problem, workspace, answer);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_NoUsers_IsZero(string name)
    {
        using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(items: 3, factors: 4);
        workspace.LoadItems(1, new float[12], new float[3]);
        Assert.Equal(new GradientTotals(0, 0), workspace.Accumulate(default, [], [], [], []));
        Assert.Equal(new GradientTotals(0, 0), workspace.Accumulate(RatingRows.Create([0], [], [], 3), [], [], [], []));
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_NotANumber_ShowsInItsOwnRowsAndTheLossOnly(string name)
    {
        foreach (int factors in (int[])[2, 3, 8, 33])
        {
            Problem problem = Problem.Create(factors, [4, 4], items: 2, Seed);
            problem.ItemIds.AsSpan(0, 4).Clear();
            problem.ItemIds.AsSpan(4, 4).Fill(1);
            problem.UserFactors[0] = float.NaN;
            Answer answer = problem.Run(GradientKernels.Select(name));
            Assert.True(double.IsNaN(answer.Totals.SquaredError));
            Assert.All(answer.ItemFactors[..factors], value => Assert.True(float.IsNaN(value)));
            Assert.All(answer.ItemFactors[factors..], value => Assert.True(float.IsFinite(value)));
            Assert.All(answer.UserFactors[factors..], value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Workspace_WrongLengths_Throw(string name)
    {
        using GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(items: 3, factors: 2);
        Assert.Throws<ArgumentException>(() => workspace.LoadItems(0, new float[5], new float[3]));
        Assert.Throws<ArgumentException>(() => workspace.LoadItems(0, new float[6], new float[4]));
        Assert.Throws<InvalidOperationException>(() => workspace.Accumulate(default, [], [], [], []));
        workspace.LoadItems(0, new float[6], new float[3]);
        foreach ((int factors, int biases, int gradient, int biasGradient) in
            ((int, int, int, int)[])[(3, 2, 4, 2), (4, 1, 4, 2), (4, 2, 5, 2), (4, 2, 4, 3)])
        {
            Assert.Throws<ArgumentException>(() => workspace.Accumulate(
                RatingRows.Create([0, 1, 2], [0, 2], [1, 2], 3),
                new float[factors],
                new float[biases],
                new float[gradient],
                new float[biasGradient]));
        }

        ArgumentException error = Assert.Throws<ArgumentException>(() => workspace.Accumulate(
            RatingRows.Create([0, 1], [3], [1], 4), new float[2], new float[1], new float[2], new float[1]));
        Assert.Contains("rows of 4 items, expected at most 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => workspace.TakeItemGradient(new float[7], new float[3]));
        Assert.Throws<ArgumentException>(() => workspace.TakeItemGradient(new float[6], new float[2]));
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Workspace_Disposed_Throws(string name)
    {
        GradientWorkspace workspace = GradientKernels.Select(name).CreateWorkspace(items: 3, factors: 2);
        workspace.Dispose();
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(() => workspace.LoadItems(0, new float[6], new float[3]));
        Assert.Throws<ObjectDisposedException>(() => workspace.Accumulate(default, [], [], [], []));
        Assert.Throws<ObjectDisposedException>(() => workspace.TakeItemGradient(new float[6], new float[3]));
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void CreateWorkspace_OutOfRange_Throws(string name)
    {
        IGradientKernel kernel = GradientKernels.Select(name);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.CreateWorkspace(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.CreateWorkspace(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.CreateWorkspace(3, GradientWorkspace.MaxFactors + 1));
    }

    private static void Round(Problem problem, GradientWorkspace workspace, Answer answer)
    {
        workspace.LoadItems(problem.GlobalMean, problem.ItemFactors, problem.ItemBiases);
        workspace.Accumulate(problem.Rows, problem.UserFactors, problem.UserBiases, answer.UserFactors, answer.UserBiases);
        workspace.TakeItemGradient(answer.ItemFactors, answer.ItemBiases);
    }

    private static void AssertSameBits(Answer expected, Answer actual)
    {
        Assert.Equal(expected.UserFactors, actual.UserFactors);
        Assert.Equal(expected.UserBiases, actual.UserBiases);
        Assert.Equal(expected.ItemFactors, actual.ItemFactors);
        Assert.Equal(expected.ItemBiases, actual.ItemBiases);
    }

    private static Answer Numeric(Problem problem)
    {
        double[] userFactors = Array.ConvertAll(problem.UserFactors, value => (double)value);
        double[] userBiases = Array.ConvertAll(problem.UserBiases, value => (double)value);
        double[] itemFactors = Array.ConvertAll(problem.ItemFactors, value => (double)value);
        double[] itemBiases = Array.ConvertAll(problem.ItemBiases, value => (double)value);
        double Loss() => problem.HalfSquaredError(userFactors, userBiases, itemFactors, itemBiases);
        float[] Slopes(double[] parameters) => [.. parameters.Select((_, n) => Slope(parameters, n, Loss))];
        return new Answer
        {
            UserFactors = Slopes(userFactors),
            UserBiases = Slopes(userBiases),
            ItemFactors = Slopes(itemFactors),
            ItemBiases = Slopes(itemBiases),
            Totals = new GradientTotals(2 * Loss(), problem.Ratings.Length),
        };
    }

    private static float Slope(double[] parameters, int n, Func<double> loss)
    {
        // The loss is quadratic in any one parameter, so that the central difference is exact but for rounding.
        const double Step = 1e-3;
        double kept = parameters[n];
        parameters[n] = kept + Step;
        double above = loss();
        parameters[n] = kept - Step;
        double below = loss();
        parameters[n] = kept;
        return (float)((above - below) / (2 * Step));
    }
}
