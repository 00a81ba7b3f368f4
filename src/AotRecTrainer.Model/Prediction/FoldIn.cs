using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Prediction;

/// <summary>
/// Finds the row of a user who is not in the model from a few ratings: ridge regression with the items fixed, the same equations that
/// alternating least squares solves for its own users.
/// </summary>
public static class FoldIn
{
    /// <summary>Solves the user in every model.</summary>
    /// <param name="models">The samples of a model, or the one model there is.</param>
    /// <param name="items">Indices of the rated items, each once; none gives a row of zeros, and so biases and mean alone.</param>
    /// <param name="ratings">Their ratings.</param>
    /// <param name="weights">The regularization.</param>
    /// <returns>A row for each model.</returns>
    /// <exception cref="ArgumentException">There are not as many ratings as items, or an item is not in the model.</exception>
    /// <exception cref="ModelException">The equations have no solution: a rating is not finite.</exception>
    public static UserRow[] Solve(
        IReadOnlyList<ModelParameters> models, ReadOnlySpan<int> items, ReadOnlySpan<float> ratings, RidgeWeights weights)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (ratings.Length != items.Length) throw new ArgumentException($"{ratings.Length} ratings of {items.Length} items", nameof(ratings));
        RatingBlock block = new([0, items.Length], [.. Enumerable.Range(0, items.Length)], ratings.ToArray(), items.Length);
        UserRow[] rows = new UserRow[models.Count];
        for (int i = 0; i < rows.Length; i++) rows[i] = Solve(models[i], items, block, weights);
        return rows;
    }

    private static UserRow Solve(ModelParameters model, ReadOnlySpan<int> items, RatingBlock ratings, RidgeWeights weights)
    {
        int factors = model.Shape.Factors;
        using FactorRows rated = new(items.Length, factors);
        for (int row = 0; row < items.Length; row++)
        {
            if ((uint)items[row] >= (uint)model.Shape.Items)
                throw new ArgumentException($"item {items[row]}, expected 0..{model.Shape.Items - 1}", nameof(items));
            rated.LoadRow(row, model.ItemFactors.AsSpan(items[row] * factors, factors), model.ItemBiases[items[row]]);
        }

        using EquationWorkspace workspace = EquationKernels.Best.CreateWorkspace(factors);
        float[] vector = new float[workspace.Unknowns];
        float[] matrix = new float[PackedTriangle.Length(workspace.Unknowns)];
        workspace.Accumulate(rated, ratings.Rows[0], model.GlobalMean, matrix, vector);
        new RidgeSolver(weights).Solve(row: 0, items.Length, matrix, vector);
        if (!Finite.All(vector)) throw new ModelException("the ratings lead to a row that is not finite");
        return new UserRow(vector[factors], vector.AsMemory(0, factors));
    }
}
