using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Function.SelfCheck;

/// <summary>Trains on planted ratings with the algorithms of the product, all shards in this thread.</summary>
/// <param name="ratings">The ratings.</param>
/// <param name="kernels">What statistics are computed with.</param>
internal sealed class PlantedTraining(PlantedRatings ratings, ShardAlgorithms kernels)
{
    private const int GradientRounds = 400;
    private const int EquationRounds = 60;
    private const long Seed = 42;

    // Enough to keep every system solvable; without noise there is nothing to smooth.
    private static readonly RidgeWeights Weights = RidgeWeights.PerRating(1e-4f);

    /// <summary>Held-out error that batch gradient reaches.</summary>
    public double BatchGradientError() => Train(
        new BatchGradientAlgorithm(
            new GradientOptions
            {
                Rule = new NesterovRule(0.9f),
                Scale = GradientScale.Curvature,
                LearningRate = 0.1f,
                Schedule = LearningRateSchedule.Constant,
                Weights = Weights,
                RatingDeviation = 1,
                BatchesPerEpoch = 1,
                Seed = Seed,
            },
            Start(),
            ratings.UserCounts,
            ratings.ItemCounts),
        GradientRounds);

    /// <summary>Held-out error that alternating least squares reaches.</summary>
    public double AlsError() => Train(new AlsAlgorithm(new AlsOptions(Weights, Weights, Threads: 1), Start(), ratings.ItemCounts), EquationRounds);

    private ModelParameters Start() => ModelParameters.Initialize(
        new ModelShape(PlantedRatings.Users, PlantedRatings.Items, PlantedRatings.Factors), ratings.Mean, Seed, standardDeviation: 0.2f);

    private double Train(ITrainingAlgorithm algorithm, int rounds)
    {
        for (int round = 1; round <= rounds; round++)
        {
            StatisticsSum sum = Sum(algorithm.Begin(round, part: 0));
            algorithm.Complete(sum);
            algorithm.Step(sum);
        }

        return algorithm.Complete(Sum(algorithm.Begin(rounds + 1, part: -1))).TestRmse;
    }

    private StatisticsSum Sum(RoundTask task)
    {
        StatisticsShape shape = task.ShapeFor(PlantedRatings.Users);
        StatisticsSum sum = new(shape, PlantedRatings.Shards);
        using IShardAlgorithm worker = kernels.Create(task);
        worker.Begin(task);
        for (int shard = 0; shard < PlantedRatings.Shards; shard++)
        {
            ShardStatistics statistics = new(shape);
            worker.Compute(shard, ratings.Data[shard], statistics);
            sum.Add(statistics);
        }

        return sum;
    }
}
