namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>Turns the normal equations of one row into the row: what tells alternating least squares from Gibbs sampling.</summary>
public interface IRowSolver
{
    /// <summary>Solves one row in place.</summary>
    /// <param name="row">Index of the user or item in the data set.</param>
    /// <param name="count">Number of its ratings; may be 0.</param>
    /// <param name="matrix">Σ z zᵀ over its ratings, packed lower triangle; scratch afterwards.</param>
    /// <param name="vector">Σ z (r − known) before, the row (factors, then bias) after.</param>
    /// <exception cref="ModelException">The equations have no solution: a number in them is not finite.</exception>
    void Solve(int row, int count, Span<float> matrix, Span<float> vector);
}
