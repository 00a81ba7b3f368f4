using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms;

/// <summary>
/// What the workers of one round are told: the parameters that the round begins with, and how statistics are made of them. Pure
/// data, so that it means the same in another process.
/// </summary>
/// <param name="Parameters">The model; without users where workers solve them themselves.</param>
public abstract record RoundTask(ModelParameters Parameters)
{
    /// <summary>What the statistics of a model with this many users consist of.</summary>
    public abstract StatisticsShape ShapeFor(int users);

    /// <summary>The model's sizes, of a data set with this many users.</summary>
    protected ModelShape ModelShapeFor(int users) => Parameters.Shape with { Users = users };
}
