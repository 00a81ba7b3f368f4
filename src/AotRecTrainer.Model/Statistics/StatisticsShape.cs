using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Statistics;

/// <summary>What the statistics of a round consist of.</summary>
/// <param name="Model">Sizes of the model.</param>
/// <param name="HasMatrices">True when every item has a symmetric matrix beside its vector (normal equations).</param>
/// <param name="HasPredictions">True when the held-out ratings are predicted one by one (averaging over rounds).</param>
public readonly record struct StatisticsShape(ModelShape Model, bool HasMatrices, bool HasPredictions)
{
    /// <summary>Length of an item's packed lower triangle over its factors and its bias; 0 without matrices.</summary>
    public int MatrixLength => HasMatrices ? (Model.Factors + 1) * (Model.Factors + 2) / 2 : 0;
}
