namespace AotRecTrainer.Kernels.Tests;

public sealed class EquationKernelTests
{
    private const int MostFactors = 67;     // under, at and past four 512-bit vectors
    private const int Seed = 20_240_729;

    private static readonly int[] Counts = [0, 1, 2, 3, 8, 41, 700];

    public static TheoryData<string> EveryKernel => [.. EquationKernels.Available.Select(kernel => kernel.Name)];

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_ExactValues_GivesTheDefinitionToTheBit(string name)
    {
        IEquationKernel kernel = EquationKernels.Select(name);
        for (int factors = 1; factors <= MostFactors; factors++)
        {
            foreach (int count in Counts)
            {
                Equation equation = Equation.Exact(factors, count, Seed + factors);
                Close.Equal(equation.Expected(), equation.Run(kernel), 0, Context(name, factors, count));
            }
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_EveryFactorCount_MatchesDoublePrecisionAndScalar(string name)
    {
        IEquationKernel kernel = EquationKernels.Select(name);
        IEquationKernel scalar = EquationKernels.Select("scalar");
        foreach (int factors in Enumerable.Range(1, MostFactors).Append(200))
        {
            foreach (int count in Counts)
            {
                Equation equation = Equation.Random(factors, count, Seed + factors);
                float[] actual = equation.Run(kernel);
                Close.Equal(equation.Expected(), actual, 4e-6, Context(name, factors, count));
                Close.Equal(equation.Run(scalar), actual, 4e-6, Context(name, factors, count));
            }
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_OntoASum_IsTheSumFromZeroAddedOnce(string name)
    {
        IEquationKernel kernel = EquationKernels.Select(name);
        foreach (int factors in (int[])[1, 3, 8, 10, 15, 16, 31, 32, 65])
        {
            Equation first = Equation.Random(factors, 90, Seed);
            Equation second = Equation.Random(factors, 7, Seed + 1);
            float[] sum = first.Run(kernel);
            float[] expected = [.. sum.Zip(second.Run(kernel), (a, b) => a + b)];
            Assert.Equal(expected, second.Run(kernel, sum));
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_WorkspaceUsedBefore_GivesTheSameBits(string name)
    {
        Equation before = Equation.Random(20, 300, Seed);
        before.SetFactor(0, 3, float.NaN);
        Equation equation = Equation.Random(20, 60, Seed + 1);
        using EquationWorkspace workspace = EquationKernels.Select(name).CreateWorkspace(20);
        using FactorRows othersBefore = before.LoadOthers();
        using FactorRows others = equation.LoadOthers();
        float[] matrix = new float[PackedTriangle.Length(21)];
        float[] rightSide = new float[21];
        workspace.Accumulate(othersBefore, before.List, 0, matrix, rightSide);
        Array.Clear(matrix);
        Array.Clear(rightSide);
        workspace.Accumulate(others, equation.List, equation.Mean, matrix, rightSide);
        float[] actual = [.. matrix, .. rightSide];
        Assert.Equal(equation.Run(EquationKernels.Select(name)), actual);
    }

    [Fact]
    public void Accumulate_VectorBodies_AgreeToTheBit()
    {
        IEquationKernel[] vectors =
            [.. EquationKernels.Available.Where(kernel => kernel.Name.StartsWith("vector", StringComparison.Ordinal))];
        foreach (IEquationKernel kernel in vectors.Skip(1))
        {
            for (int factors = 1; factors <= MostFactors; factors++)
            {
                Equation equation = Equation.Random(factors, 333, Seed + factors);
                Assert.Equal(equation.Run(vectors[0]), equation.Run(kernel));
            }
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_NotANumber_ShowsWhereItIsUsedOnly(string name)
    {
        Equation equation = Equation.Random(10, 12, Seed);
        Array.Clear(equation.Indices);
        equation.SetFactor(1, 4, float.NaN);
        Assert.All(equation.Run(EquationKernels.Select(name)), value => Assert.True(float.IsFinite(value)));
        equation.SetFactor(0, 4, float.NaN);
        float[] sums = equation.Run(EquationKernels.Select(name));
        int at = 0;
        for (int a = 0; a < 11; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                Assert.Equal(a == 4 || b == 4, float.IsNaN(sums[at++]));
            }
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_InSteadyState_AllocatesNothing(string name)
    {
        foreach (int factors in (int[])[3, 10, 32, 67])
        {
            Equation equation = Equation.Random(factors, 700, Seed);
            using EquationWorkspace workspace = EquationKernels.Select(name).CreateWorkspace(factors);
            using FactorRows others = equation.LoadOthers();
            float[] matrix = new float[PackedTriangle.Length(factors + 1)];
            float[] rightSide = new float[factors + 1];
            var block = new RatingBlock([0, 700], equation.Indices, equation.Ratings, others.Count);
            workspace.Accumulate(others, block.Rows[0], 3, matrix, rightSide);
            long before = GC.GetAllocatedBytesForCurrentThread();
            workspace.Accumulate(others, block.Rows[0], 3, matrix, rightSide);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_WrongArguments_Throw(string name)
    {
        IEquationKernel kernel = EquationKernels.Select(name);
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.CreateWorkspace(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel.CreateWorkspace(GradientWorkspace.MaxFactors + 1));
        using EquationWorkspace workspace = kernel.CreateWorkspace(factors: 2);
        using var others = new FactorRows(rows: 3, factors: 2);
        using var wider = new FactorRows(rows: 3, factors: 3);
        Assert.Throws<ArgumentNullException>(() => Accumulate(workspace, null!, 6, 3, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(workspace, wider, 6, 3, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(workspace, others, 5, 3, 3));
        Assert.Throws<ArgumentException>(() => Accumulate(workspace, others, 6, 2, 3));
        ArgumentException error = Assert.Throws<ArgumentException>(() => Accumulate(workspace, others, 6, 3, 4));
        Assert.Contains("indices of 4 rows, expected at most 3", error.Message, StringComparison.Ordinal);
        Accumulate(workspace, others, 6, 3, 3);
    }

    [Theory, MemberData(nameof(EveryKernel))]
    public void Accumulate_Disposed_Throws(string name)
    {
        EquationWorkspace workspace = EquationKernels.Select(name).CreateWorkspace(factors: 2);
        var others = new FactorRows(rows: 3, factors: 2);
        others.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Accumulate(workspace, others, 6, 3, 3));
        workspace.Dispose();
        workspace.Dispose();
        using var fresh = new FactorRows(rows: 3, factors: 2);
        Assert.Throws<ObjectDisposedException>(() => Accumulate(workspace, fresh, 6, 3, 3));
    }

    private static void Accumulate(EquationWorkspace workspace, FactorRows others, int matrix, int rightSide, int indexCount) =>
        workspace.Accumulate(
            others, RatingRows.Create([0, 1], [1], [4], indexCount)[0], 3, new float[matrix], new float[rightSide]);

    private static string Context(string name, int factors, int count) =>
        $"{name}, {factors} factors, {count} ratings, seed {Seed + factors}";
}
