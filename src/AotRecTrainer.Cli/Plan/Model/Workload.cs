using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Cli.Plan.Model;

/// <summary>What is to be trained on what, as far as time and money depend on it.</summary>
/// <param name="Manifest">The data set.</param>
/// <param name="Settings">Algorithm, factors, epochs.</param>
/// <param name="CheckpointEvery">Epochs between checkpoints; 0 writes none.</param>
internal sealed record Workload(DatasetManifest Manifest, TrainingSettings Settings, int CheckpointEvery)
{
    private const int BytesPerNumber = sizeof(float);

    /// <summary>Whether rows are solved from normal equations, and statistics therefore have a matrix for every item.</summary>
    public bool HasMatrices => Settings.Algorithm != AlgorithmName.BatchGradient;

    /// <summary>Rounds: those of the epochs, and one that measures the last parameters.</summary>
    public int Rounds => (Settings.Epochs * Settings.BatchesPerEpoch) + 1;

    /// <summary>Checkpoints on the way.</summary>
    public int Checkpoints => CheckpointEvery > 0 ? Settings.Epochs / CheckpointEvery : 0;

    /// <summary>Samples that are saved on the way.</summary>
    public int Samples => HasPredictions ? Settings.Epochs - Settings.BurnIn : 0;

    /// <summary>Bytes of the parameters.</summary>
    public double ModelBytes => BytesPerNumber * (Manifest.Users + (double)Manifest.Items) * Width;

    /// <summary>Bytes of what a round's workers are told: all parameters, or the items' where workers solve users themselves.</summary>
    public double TaskBytes => HasMatrices ? BytesPerNumber * (double)Manifest.Items * Width : ModelBytes;

    private int Width => Settings.Factors + 1;

    /// <summary>Bytes of the statistics of one shard.</summary>
    public double StatisticsBytes(ShardEntry shard)
    {
        StatisticsShape shape = new(new ModelShape(Manifest.Users, Manifest.Items, Settings.Factors), HasMatrices, HasPredictions);
        double items = Manifest.Items * (double)(Width + shape.MatrixLength);
        return BytesPerNumber * (items + (shard.UserCount * (double)Width) + (HasPredictions ? shard.Test.Rows : 0));
    }

    private bool HasPredictions => Settings.Algorithm == AlgorithmName.Bayesian;
}
