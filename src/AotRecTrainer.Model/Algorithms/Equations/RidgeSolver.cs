using AotRecTrainer.Kernels;

namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>Ridge regression: (Σ z zᵀ + diag(λ)) x = Σ z (r − known). A row without ratings becomes zero.</summary>
/// <param name="weights">λ by number of ratings.</param>
public sealed class RidgeSolver(RidgeWeights weights) : IRowSolver
{
    /// <inheritdoc/>
    public void Solve(int row, int count, Span<float> matrix, Span<float> vector)
    {
        if (count == 0)
        {
            vector.Clear();
            return;
        }

        int unknowns = vector.Length;
        float factors = weights.OfFactors(count);
        for (int i = 0, diagonal = 0; i < unknowns; i++, diagonal += i + 1)
            matrix[diagonal] += i < unknowns - 1 ? factors : weights.OfBias(count);
        if (!Cholesky.TryFactor(matrix, unknowns))
            throw ModelException.Diverged($"the equations of row {row}, with {count} ratings, have no solution");
        Cholesky.Solve(matrix, unknowns, vector);
    }
}
