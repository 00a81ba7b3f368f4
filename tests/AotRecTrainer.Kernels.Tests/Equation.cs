namespace AotRecTrainer.Kernels.Tests;

/// <summary>Ratings of one row with the other side's parameters, and its normal equations in double precision.</summary>
internal sealed class Equation
{
    private const int Others = 9;           // few, so that a row often rates one of them twice

    private readonly float[] _factorValues;
    private readonly float[] _biases;

    private Equation(int factors, int count, Func<float> draw, Random random)
    {
        Factors = factors;
        Indices = [.. Enumerable.Range(0, count).Select(_ => random.Next(Others))];
        Ratings = [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(1, 6))];
        _factorValues = [.. Enumerable.Range(0, Others * factors).Select(_ => draw())];
        _biases = [.. Enumerable.Range(0, Others).Select(_ => draw())];
    }

    public int Factors { get; }

    public int Unknowns => Factors + 1;

    public float Mean => 3.5f;

    public int[] Indices { get; }

    public float[] Ratings { get; }

    public RatingList List => new RatingBlock([0, Indices.Length], Indices, Ratings, Others).Rows[0];

    public static Equation Random(int factors, int count, int seed)
    {
        var random = new Random(seed);
        return new Equation(factors, count, () => random.NextSingle() - 0.5f, random);
    }

    /// <summary>Values of few binary digits, so that single precision is exact in any order.</summary>
    public static Equation Exact(int factors, int count, int seed)
    {
        var random = new Random(seed);
        return new Equation(factors, count, () => random.Next(-8, 9) / 4f, random);
    }

    public FactorRows LoadOthers()
    {
        var rows = new FactorRows(Others, Factors);
        rows.Load(_factorValues, _biases);
        return rows;
    }

    public float Factor(int row, int factor) => _factorValues[(row * Factors) + factor];

    public float Bias(int row) => _biases[row];

    public void SetFactor(int row, int factor, float value) => _factorValues[(row * Factors) + factor] = value;

    /// <summary>S and c by their definition, one after the other in one array.</summary>
    public float[] Expected()
    {
        int n = Unknowns;
        double[] sums = new double[PackedTriangle.Length(n) + n];
        double[] z = new double[n];
        for (int j = 0; j < Indices.Length; j++)
        {
            for (int f = 0; f < Factors; f++)
            {
                z[f] = _factorValues[(Indices[j] * Factors) + f];
            }

            z[Factors] = 1;
            double target = (double)Ratings[j] - Mean - _biases[Indices[j]];
            int at = 0;
            for (int a = 0; a < n; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    sums[at++] += z[a] * z[b];
                }
            }

            for (int a = 0; a < n; a++)
            {
                sums[at++] += z[a] * target;
            }
        }

        return Array.ConvertAll(sums, value => (float)value);
    }

    /// <summary>What a kernel adds to <paramref name="start"/>, shaped like <see cref="Expected"/>; every argument ends a page.</summary>
    public float[] Run(IEquationKernel kernel, float[]? start = null)
    {
        using EquationWorkspace workspace = kernel.CreateWorkspace(Factors);
        using FactorRows others = LoadOthers();
        using var pages = new PageEnd();
        int length = PackedTriangle.Length(Unknowns);
        float[] from = start ?? new float[length + Unknowns];
        Span<float> matrix = pages.Copy<float>(from.AsSpan(0, length));
        Span<float> rightSide = pages.Copy<float>(from.AsSpan(length));
        RatingRows rows = RatingRows.Create(
            [0, Indices.Length], pages.Copy<int>(Indices), pages.Copy<float>(Ratings), Others);
        workspace.Accumulate(others, rows[0], Mean, matrix, rightSide);
        return [.. matrix, .. rightSide];
    }
}
