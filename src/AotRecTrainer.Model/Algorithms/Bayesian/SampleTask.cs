using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>A round of Gibbs sampling, with a prediction for every held-out rating.</summary>
/// <param name="Parameters">The items; no users.</param>
/// <param name="Prior">Prior of the users.</param>
/// <param name="NoisePrecision">α: one over the variance of a rating around its prediction.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Round">Number of the round, a part of every draw's key.</param>
public sealed record SampleTask(ModelParameters Parameters, GaussianPrior Prior, float NoisePrecision, long Seed, int Round)
    : EquationTask(Parameters)
{
    /// <inheritdoc/>
    public override StatisticsShape ShapeFor(int users) => new(ModelShapeFor(users), HasMatrices: true, HasPredictions: true);

    /// <inheritdoc/>
    public override IRowSolver CreateUserSolver() => new GaussianSampler(Prior, NoisePrecision, Seed, DrawStream.Users(Round));
}
