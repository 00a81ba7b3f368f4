namespace AotRecTrainer.Kernels.Tests;

public sealed class FactorRowsTests
{
    [Fact]
    public void LoadRow_EveryRow_EqualsLoad()
    {
        Equation equation = Equation.Exact(factors: 5, count: 30, seed: 3);
        using FactorRows whole = equation.LoadOthers();
        using var single = new FactorRows(whole.Count, 5);
        for (int row = 0; row < whole.Count; row++)
        {
            float[] factors = [.. Enumerable.Range(0, 5).Select(f => equation.Factor(row, f))];
            single.LoadRow(row, factors, equation.Bias(row));
        }

        Assert.Equal(Sums(equation, whole), Sums(equation, single));
    }

    [Fact]
    public void Load_WrongArguments_Throws()
    {
        using var rows = new FactorRows(rows: 3, factors: 2);
        Assert.Throws<ArgumentException>(() => rows.Load(new float[5], new float[3]));
        Assert.Throws<ArgumentException>(() => rows.Load(new float[6], new float[2]));
        Assert.Throws<ArgumentException>(() => rows.LoadRow(0, new float[3], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.LoadRow(3, new float[2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.LoadRow(-1, new float[2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRows(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRows(1, 0));
    }

    [Fact]
    public void Load_Disposed_Throws()
    {
        var rows = new FactorRows(rows: 1, factors: 1);
        rows.Dispose();
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rows.Load([1], [1]));
        Assert.Throws<ObjectDisposedException>(() => rows.LoadRow(0, [1], 1));
    }

    private static float[] Sums(Equation equation, FactorRows others)
    {
        float[] matrix = new float[PackedTriangle.Length(equation.Unknowns)];
        float[] rightSide = new float[equation.Unknowns];
        using EquationWorkspace workspace = EquationKernels.Best.CreateWorkspace(equation.Factors);
        workspace.Accumulate(others, equation.List, equation.Mean, matrix, rightSide);
        return [.. matrix, .. rightSide];
    }
}
