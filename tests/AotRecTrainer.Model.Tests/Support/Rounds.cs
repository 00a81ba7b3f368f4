using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Runs rounds of an algorithm over shards, one after the other: what the training does, without any of its machinery.</summary>
internal sealed class Rounds(ITrainingAlgorithm algorithm, Ratings ratings, int shards = 3, ShardAlgorithms? kernels = null)
{
    private readonly ShardData[] _shards = ratings.ToShards(shards);
    private StatisticsSum? _sum;
    private int _round;

    public static ShardAlgorithms Scalar { get; } = new(GradientKernels.Select("scalar"), EquationKernels.Select("scalar"));

    /// <summary>One round; returns its errors.</summary>
    public ErrorSums Run(int part = 0)
    {
        ErrorSums errors = Measure(part);
        Step();
        return errors;
    }

    /// <summary>A round without its step.</summary>
    public ErrorSums Measure(int part = 0)
    {
        RoundTask task = algorithm.Begin(++_round, part);
        _sum = Sum(task, _shards, ratings.Users, kernels ?? Scalar);
        return algorithm.Complete(_sum);
    }

    /// <summary>The step of the round just measured.</summary>
    public void Step() => algorithm.Step(_sum!);

    /// <summary>So many rounds, and one that measures; returns the last errors.</summary>
    public ErrorSums Train(int rounds)
    {
        for (int round = 0; round < rounds; round++) Run(round % algorithm.RoundsPerEpoch);
        return Measure(part: -1);
    }

    /// <summary>The statistics of a task, summed over the shards.</summary>
    public static StatisticsSum Sum(RoundTask task, ShardData[] shards, int users, ShardAlgorithms kernels)
    {
        StatisticsSum sum = new(task.ShapeFor(users), shards.Length);
        ShardStatistics statistics = new(task.ShapeFor(users));
        using IShardAlgorithm worker = kernels.Create(task);
        worker.Begin(task);
        for (int shard = 0; shard < shards.Length; shard++)
        {
            worker.Compute(shard, shards[shard], statistics);
            sum.Add(statistics);
        }

        return sum;
    }
}
