using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Als;

/// <summary>A round of alternating least squares.</summary>
/// <param name="Parameters">The items; no users.</param>
/// <param name="Weights">Regularization of the users.</param>
public sealed record SolveTask(ModelParameters Parameters, RidgeWeights Weights) : EquationTask(Parameters)
{
    /// <inheritdoc/>
    public override StatisticsShape ShapeFor(int users) => new(ModelShapeFor(users), HasMatrices: true, HasPredictions: false);

    /// <inheritdoc/>
    public override IRowSolver CreateUserSolver() => new RidgeSolver(Weights);
}
