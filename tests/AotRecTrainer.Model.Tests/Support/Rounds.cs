using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Runs rounds of an algorithm over shards: what the training does, without any of its machinery.</summary>
internal sealed class Rounds(ITrainingAlgorithm algorithm, Ratings ratings, int shards = 3, ShardAlgorithms? kernels = null, bool isReversed = false)
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
        _sum = Sum(task, _shards, ratings.Users, kernels ?? Scalar, isReversed);
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

    /// <summary>The statistics of a task, computed in either order of shards and summed in theirs.</summary>
    public static StatisticsSum Sum(RoundTask task, ShardData[] shards, int users, ShardAlgorithms kernels, bool isReversed = false)
    {
        ShardStatistics[] statistics = [.. shards.Select(_ => new ShardStatistics(task.ShapeFor(users)))];
        using IShardAlgorithm worker = kernels.Create(task);
        worker.Begin(task);
        for (int i = 0; i < shards.Length; i++)
        {
            int shard = isReversed ? shards.Length - 1 - i : i;
            worker.Compute(shard, shards[shard], statistics[shard]);
        }

        StatisticsSum sum = new(task.ShapeFor(users), shards.Length);
        foreach (ShardStatistics own in statistics) sum.Add(own);
        return sum;
    }
}
