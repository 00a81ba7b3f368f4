using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Tests.Support;

/// <summary>Algorithms on a data set, with the training's defaults where a test does not say otherwise.</summary>
internal static class Make
{
    public static readonly string[] Algorithms = ["batch-gradient", "als", "bayesian"];

    public static ITrainingAlgorithm Algorithm(string name, Ratings ratings, int factors, int threads = 1) => name switch
    {
        "als" => Als(ratings, factors, threads: threads),
        "bayesian" => Bayesian(ratings, factors, burnIn: 10, threads: threads),
        _ => Gradient(ratings, factors),
    };

    public static AlsAlgorithm Als(Ratings ratings, int factors, RidgeWeights? weights = null, int threads = 1)
    {
        RidgeWeights used = weights ?? RidgeWeights.Automatic(ratings.Deviation, ratings.Users, ratings.Items);
        return new AlsAlgorithm(new AlsOptions(used, used, threads), Start(ratings, factors, 0.1f), ratings.ItemCounts);
    }

    public static BayesianAlgorithm Bayesian(Ratings ratings, int factors, int burnIn, int threads = 1, long seed = 42)
    {
        float deviation = ratings.Deviation;
        BayesianOptions options = new(burnIn, 1.5f / (deviation * deviation), deviation, seed, ratings.Low, ratings.High, threads);
        return new BayesianAlgorithm(
            options, Start(ratings, factors, 0.6f / MathF.Sqrt(factors)), ratings.UserCounts, ratings.ItemCounts, [.. ratings.Test.Select(rating => rating.Value)]);
    }

    public static BatchGradientAlgorithm Gradient(Ratings ratings, int factors, int batches = 1, GradientOptions? options = null) => new(
        options ?? Options(ratings) with { BatchesPerEpoch = batches }, Start(ratings, factors, 0.3f / MathF.Sqrt(factors)),
        ratings.UserCounts, ratings.ItemCounts);

    public static GradientOptions Options(Ratings ratings) => new()
    {
        Rule = new NesterovRule(0.9f),
        Scale = GradientScale.Curvature,
        LearningRate = 0.1f,
        Schedule = LearningRateSchedule.Constant,
        Weights = RidgeWeights.Automatic(ratings.Deviation, ratings.Users, ratings.Items),
        RatingDeviation = ratings.Deviation,
        BatchesPerEpoch = 1,
        Seed = 42,
    };

    public static ModelParameters Start(Ratings ratings, int factors, float deviation) => ModelParameters.Initialize(
        new ModelShape(ratings.Users, ratings.Items, factors), ratings.Mean, seed: 42, deviation * MathF.Sqrt(ratings.Deviation));
}
