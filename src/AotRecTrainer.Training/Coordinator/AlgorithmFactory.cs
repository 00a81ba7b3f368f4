using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Algorithms.Als;
using AotRecTrainer.Model.Algorithms.Bayesian;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Training.Options;
using AotRecTrainer.Training.Results;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Makes the coordinator's half of the algorithm that a plan asks for, with constants that fit the data set.</summary>
internal static class AlgorithmFactory
{
    // Of the noise relative to the ratings' variance; the chain finds its own within a few rounds.
    private const double StartingNoiseShare = 1 / 1.5;

    public static async Task<ITrainingAlgorithm> CreateAsync(
        TrainingSettings settings, TrainingHost host, ShardCache data, EntityTable users, EntityTable items, int threads,
        CancellationToken cancellationToken)
    {
        DatasetManifest manifest = data.Reader.Manifest;

        // Ratings that are all equal have no unit of their own.
        float deviation = manifest.RatingDeviation > 0 ? (float)manifest.RatingDeviation : 1;
        ModelParameters start = ModelParameters.Initialize(
            new ModelShape(manifest.Users, manifest.Items, settings.Factors), (float)manifest.GlobalMean, settings.Seed,
            StartingDeviation(settings) * MathF.Sqrt(deviation));
        if (settings.InitialModel is { } location)
            await ModelImport.LoadAsync(host, location, start, users, items, cancellationToken);
        RidgeWeights weights = settings.Regularization is { } lambda ? RidgeWeights.PerRating(lambda)
            : RidgeWeights.Automatic(deviation, manifest.Users, manifest.Items);
        switch (settings.Algorithm)
        {
            case AlgorithmName.Als:
                return new AlsAlgorithm(new AlsOptions(weights, weights, threads), start, items.Ratings);
            case AlgorithmName.Bayesian:
                float precision = (float)(1 / (StartingNoiseShare * deviation * deviation));
                BayesianOptions chain = new(
                    settings.BurnIn, precision, deviation, settings.Seed, manifest.RatingLow, manifest.RatingHigh, threads);
                return new BayesianAlgorithm(chain, start, users.Ratings, items.Ratings, await data.ReadTestRatingsAsync(cancellationToken));
            default:
                return new BatchGradientAlgorithm(ToGradientOptions(settings, weights, deviation), start, users.Ratings, items.Ratings);
        }
    }

    /// <summary>Of every starting factor, in units of √σ; vectors of any length then begin equally long.</summary>
    private static float StartingDeviation(TrainingSettings settings) => settings.Algorithm switch
    {
        AlgorithmName.Als => 0.1f,
        AlgorithmName.Bayesian => 0.6f / MathF.Sqrt(settings.Factors),
        _ => 0.3f / MathF.Sqrt(settings.Factors),
    };

    private static GradientOptions ToGradientOptions(TrainingSettings settings, RidgeWeights weights, float deviation) => new()
    {
        Rule = settings.Optimizer switch
        {
            OptimizerName.Momentum => new HeavyBallRule(settings.Momentum),
            OptimizerName.Adam => new AdamRule(settings.Momentum),
            _ => new NesterovRule(settings.Momentum),
        },
        Scale = settings.Preset == PaperPreset.Name ? GradientScale.MeanOverAllRatings
            : settings.Optimizer == OptimizerName.Adam ? GradientScale.One : GradientScale.Curvature,
        LearningRate = settings.LearningRate,
        Schedule = new LearningRateSchedule(settings.WarmupEpochs, settings.LearningRateSchedule == "cosine", settings.Epochs),
        Weights = weights,
        RatingDeviation = deviation,
        BatchesPerEpoch = settings.BatchesPerEpoch,
        Seed = settings.Seed,
    };
}
