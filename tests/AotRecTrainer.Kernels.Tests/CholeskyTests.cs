using MathNet.Numerics.LinearAlgebra;

namespace AotRecTrainer.Kernels.Tests;

public sealed class CholeskyTests
{
    private const int Seed = 31_337;

    // Past the vectors, and past what is worked on in the stack.
    private static readonly int[] Orders = [.. Enumerable.Range(1, 74), 129, 200];

    [Fact]
    public void TryFactor_EveryOrder_MatchesDoublePrecision()
    {
        foreach (int order in Orders)
        {
            float[] packed = PositiveDefinite(order);
            float[] expected = Packed(Full(packed, order).Cholesky().Factor);
            Assert.True(Factor(packed, order));
            Close.Equal(expected, packed, 2e-6, $"order {order}, seed {Seed + order}");
        }
    }

    [Fact]
    public void Solve_EveryOrder_MatchesDoublePrecision()
    {
        foreach (int order in Orders)
        {
            float[] packed = PositiveDefinite(order);
            float[] vector = Vector(order);
            Vector<double> expected = Full(packed, order).Cholesky().Solve(Wide(vector));
            Assert.True(Factor(packed, order));
            using var pages = new PageEnd();
            Span<float> solution = pages.Copy<float>(vector);
            Cholesky.Solve(pages.Copy<float>(packed), order, solution);
            Close.Equal(Narrow(expected), solution, 2e-5, $"order {order}, seed {Seed + order}");
        }
    }

    [Fact]
    public void SolveTransposed_EveryOrder_MatchesDoublePrecision()
    {
        foreach (int order in Orders)
        {
            float[] packed = PositiveDefinite(order);
            Assert.True(Factor(packed, order));
            float[] vector = Vector(order);
            Matrix<double> lower = Full(packed, order).LowerTriangle();
            Vector<double> expected = lower.Transpose().Solve(Wide(vector));
            using var pages = new PageEnd();
            Span<float> solution = pages.Copy<float>(vector);
            Cholesky.SolveTransposed(pages.Copy<float>(packed), order, solution);
            Close.Equal(Narrow(expected), solution, 2e-5, $"order {order}, seed {Seed + order}");
        }
    }

    [Fact]
    public void Solve_WholeNumbers_IsExact()
    {
        // L = (2), (1 3), (−1 2 1), so that A = (4), (2 10), (−2 5 6); with x = (1, −2, 3): A x = (−6, −3, 6).
        float[] packed = [4, 2, 10, -2, 5, 6];
        Assert.True(Cholesky.TryFactor(packed, 3));
        Assert.Equal([2, 1, 3, -1, 2, 1], packed);
        float[] vector = [-6, -3, 6];
        Cholesky.Solve(packed, 3, vector);
        Assert.Equal([1, -2, 3], vector);
        float[] transposed = [-3, 0, 3];        // Lᵀ x
        Cholesky.SolveTransposed(packed, 3, transposed);
        Assert.Equal([1, -2, 3], transposed);
    }

    [Theory]
    [InlineData(new[] { 0f })]
    [InlineData(new[] { -1f })]
    [InlineData(new[] { float.NaN })]
    [InlineData(new[] { float.PositiveInfinity })]
    [InlineData(new[] { 1f, 2f, 1f })]                                      // determinant −3
    [InlineData(new[] { 1f, 1f, 1f })]                                      // determinant 0
    [InlineData(new[] { 1f, float.NaN, 1f })]
    [InlineData(new[] { 1f, float.PositiveInfinity, 1f })]
    [InlineData(new[] { 4f, 2f, 10f, -2f, 5f, -6f })]
    public void TryFactor_NotPositiveDefinite_IsFalse(float[] packed)
    {
        int order = packed.Length switch { 1 => 1, 3 => 2, _ => 3 };
        Assert.False(Cholesky.TryFactor(packed, order));
    }

    [Fact]
    public void TryFactor_RankTooLow_IsFalse()
    {
        foreach (int order in Orders.Where(order => order > 1))
        {
            float[] packed = PositiveDefinite(order);
            packed[PackedTriangle.Diagonal(order - 1)] = -1;
            Assert.False(Factor(packed, order));
        }
    }

    [Fact]
    public void Everything_OrderZero_DoesNothing()
    {
        Assert.True(Cholesky.TryFactor([], 0));
        Cholesky.Solve([], 0, []);
        Cholesky.SolveTransposed([], 0, []);
    }

    [Fact]
    public void Everything_WrongLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactor(new float[5], 3));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(new float[5], 3, new float[3]));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(new float[6], 3, new float[4]));
        Assert.Throws<ArgumentException>(() => Cholesky.SolveTransposed(new float[7], 3, new float[3]));
        Assert.Throws<ArgumentException>(() => Cholesky.SolveTransposed(new float[6], 3, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cholesky.TryFactor([], -1));
    }

    [Fact]
    public void Everything_InSteadyState_AllocatesNothing()
    {
        foreach (int order in (int[])[11, 33, 129])
        {
            float[] packed = PositiveDefinite(order);
            float[] vector = Vector(order);
            Round();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Round();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

            void Round()
            {
                // The factor of a factor's triangle: positive definite or not, the work is the same.
                Cholesky.TryFactor(packed, order);
                Cholesky.Solve(packed, order, vector);
                Cholesky.SolveTransposed(packed, order, vector);
            }
        }
    }

    private static bool Factor(float[] packed, int order)
    {
        using var pages = new PageEnd();
        Span<float> guarded = pages.Copy<float>(packed);
        bool done = Cholesky.TryFactor(guarded, order);
        guarded.CopyTo(packed);
        return done;
    }

    private static float[] PositiveDefinite(int order)
    {
        var random = new Random(Seed + order);
        Matrix<double> root = Matrix<double>.Build.Dense(order, order, (_, _) => random.NextDouble() - 0.5);
        return Packed((root * root.Transpose()) + (Matrix<double>.Build.DenseIdentity(order) * (0.1 * order)));
    }

    private static float[] Vector(int order)
    {
        var random = new Random(Seed - order);
        return [.. Enumerable.Range(0, order).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static float[] Packed(Matrix<double> matrix) =>
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => (float)matrix[i, j]))];

    private static Matrix<double> Full(float[] packed, int order) =>
        Matrix<double>.Build.Dense(
            order, order, (i, j) => packed[PackedTriangle.Length(Math.Max(i, j)) + Math.Min(i, j)]);

    private static Vector<double> Wide(float[] values) => Vector<double>.Build.Dense(Array.ConvertAll(values, value => (double)value));

    private static float[] Narrow(Vector<double> values) => Array.ConvertAll(values.ToArray(), value => (float)value);
}
