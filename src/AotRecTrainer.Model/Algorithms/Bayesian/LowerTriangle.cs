namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>The little dense algebra, in double precision, that the priors need: packed lower triangles, row by row.</summary>
internal static class LowerTriangle
{
    public static int Length(int order) => order * (order + 1) / 2;

    /// <summary>Replaces a symmetric positive definite matrix by its Cholesky factor.</summary>
    /// <exception cref="ModelException">It is not positive definite.</exception>
    public static void Factor(double[] matrix, int order)
    {
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[At(i, j)];
                for (int k = 0; k < j; k++) sum -= matrix[At(i, k)] * matrix[At(j, k)];
                if (i > j) matrix[At(i, j)] = sum / matrix[At(j, j)];
                else if (sum > 0) matrix[At(i, i)] = Math.Sqrt(sum);
                else throw ModelException.Diverged("the scatter of the factors is not positive definite");
            }
        }
    }

    /// <summary>x ← L⁻ᵀ x.</summary>
    public static void SolveTransposed(double[] factor, int order, Span<double> x)
    {
        for (int i = order - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < order; k++) sum -= factor[At(k, i)] * x[k];
            x[i] = sum / factor[At(i, i)];
        }
    }

    /// <summary>x ← L x.</summary>
    public static void Multiply(double[] factor, int order, Span<double> x)
    {
        for (int i = order - 1; i >= 0; i--)
        {
            double sum = 0;
            for (int k = 0; k <= i; k++) sum += factor[At(i, k)] * x[k];
            x[i] = sum;
        }
    }

    /// <summary>Where element (row, column), column ≤ row, stands.</summary>
    public static int At(int row, int column) => GaussianPrior.Packed(row, column);
}
