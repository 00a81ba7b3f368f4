using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>A round of batch gradient: the gradient of half the squared-error sum at the parameters, over a part of the users.</summary>
/// <param name="Parameters">The whole model.</param>
/// <param name="Batch">The users whose ratings count.</param>
public sealed record GradientTask(ModelParameters Parameters, MiniBatch Batch) : RoundTask(Parameters)
{
    /// <inheritdoc/>
    public override StatisticsShape ShapeFor(int users) => new(ModelShapeFor(users), HasMatrices: false, HasPredictions: false);
}
