using AotRecTrainer.Dataset;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Options;

/// <summary>
/// The least memory that a run needs: the arrays that are alive at the same time, by the sizes of the data set and of the model. It leaves
/// out what it cannot know (the runtime, garbage not collected yet, files while they are decoded), so that it refuses nothing that would
/// have gone well.
/// </summary>
public sealed class MemoryEstimate
{
    // A function's heap is capped at three quarters of its memory, and at all but these bytes of a small one.
    private const double HeapShare = 0.75;
    private const long NativeBytesMin = 48L << 20;
    private const int MegabytesMax = 10_240;
    private const int BytesPerRating = sizeof(int) + sizeof(float);

    private readonly TrainingSettings _settings;
    private readonly DatasetManifest _manifest;
    private readonly StatisticsShape _shape;

    /// <summary>Estimates a run.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="manifest">Its data set.</param>
    /// <param name="threads">Shards that a process computes at the same time.</param>
    public MemoryEstimate(TrainingPlan plan, DatasetManifest manifest, int threads)
    {
        (_settings, _manifest) = (plan.Settings, manifest);
        bool isGradient = _settings.Algorithm == AlgorithmName.BatchGradient;
        _shape = new StatisticsShape(
            new ModelShape(manifest.Users, manifest.Items, _settings.Factors), HasMatrices: !isGradient,
            HasPredictions: _settings.Algorithm == AlgorithmName.Bayesian);
        int shards = manifest.Shards.Length;
        WorkerGroup[] groups = plan.Workers == 0 ? [new WorkerGroup([.. Enumerable.Range(0, shards)])] : WorkerGroup.Deal(shards, plan.Workers);
        Ratings = groups.Max(group => group.Shards.Sum(shard => RatingsOf(manifest.Shards[shard])));
        long computing = Statistics * Math.Min(threads, groups.Max(group => group.Shards.Length));
        int window = StatisticsPool.WindowOf(_shape);
        Coordinator = Model + Sum + (plan.Workers == 0 ? computing + Ratings : (Task * 2) + (window * Statistics * 2));
        Worker = plan.Workers == 0 ? 0 : (Task * 2) + computing + Statistics + Ratings;
    }

    /// <summary>Bytes of the model with what the algorithm remembers of it, and of the best one where patience keeps it.</summary>
    public long Model => Parameters * (1 + Memories + (_settings.Patience > 0 ? 1 : 0));

    /// <summary>Bytes of a round's sum.</summary>
    public long Sum => (_shape.Model.Count + ((long)_manifest.Items * _shape.MatrixLength)
        + (_shape.HasPredictions ? _manifest.TestRatings : 0)) * sizeof(float);

    /// <summary>Bytes of one shard's statistics, of the largest shard.</summary>
    public long Statistics => (((long)_manifest.Items * (_settings.Factors + 1 + _shape.MatrixLength))
        + _manifest.Shards.Max(shard => ((long)shard.UserCount * (_settings.Factors + 1)) + (_shape.HasPredictions ? shard.Test.Rows : 0))) * sizeof(float);

    /// <summary>Bytes of the decoded ratings that one process keeps.</summary>
    public long Ratings { get; }

    /// <summary>Bytes that the coordinator needs.</summary>
    public long Coordinator { get; }

    /// <summary>Bytes that the worker with the most ratings needs; 0 without workers.</summary>
    public long Worker { get; }

    private long Parameters => _shape.Model.Count * sizeof(float);

    /// <summary>Bytes of what a round's workers are told; those that solve users themselves are told the items only.</summary>
    private long Task => (_shape.HasMatrices ? (long)_manifest.Items * (_settings.Factors + 1) : _shape.Model.Count) * sizeof(float);

    private int Memories => _settings.Algorithm switch
    {
        AlgorithmName.Als => 0,
        AlgorithmName.Bayesian => 1,
        _ => _settings.Optimizer == OptimizerName.Adam ? 2 : 1,
    };

    /// <summary>Holds the estimate against a function's memory.</summary>
    /// <param name="megabytes">The function's memory.</param>
    /// <param name="areWorkersAlike">Whether workers run in a function of the same memory.</param>
    /// <exception cref="TrainingInputException">The work cannot fit.</exception>
    public void ThrowUnlessFits(int megabytes, bool areWorkersAlike)
    {
        (string who, long bytes) = areWorkersAlike && Worker > Coordinator ? ("a worker", Worker) : ("the coordinator", Coordinator);
        int least = LeastMegabytes(bytes);
        if (least <= megabytes) return;
        throw new TrainingInputException(
            $"{who} needs {Megabytes(bytes)} MB for its arrays, the function has {megabytes} MB; "
            + (least <= MegabytesMax ? $"a MemorySize of {least} suffices at the least" : "no function has enough: fewer factors need less"));
    }

    /// <summary>Whether coordinator and workers can do with functions of that memory.</summary>
    /// <param name="megabytes">The memory of either.</param>
    public bool Fits(int megabytes) => LeastMegabytes(Math.Max(Worker, Coordinator)) <= megabytes;

    /// <summary>The least memory of a function whose heap has room for so many bytes.</summary>
    public static int LeastMegabytes(long bytes) => Megabytes(Math.Max(bytes + NativeBytesMin, (long)(bytes / HeapShare)));

    private static int Megabytes(long bytes) => (int)Math.Min(int.MaxValue, (bytes + (1 << 20) - 1) >> 20);

    private long RatingsOf(ShardEntry shard)
    {
        long bytes = ((shard.Train.Rows + shard.Test.Rows) * BytesPerRating) + (2L * shard.UserCount * sizeof(int));

        // Normal equations go through the ratings item by item as well, mini-batches through a copy of their part.
        if (_shape.HasMatrices) bytes += (shard.Train.Rows * BytesPerRating) + ((long)_manifest.Items * sizeof(int));
        if (_settings.BatchesPerEpoch > 1) bytes += (shard.Train.Rows + shard.Test.Rows) * BytesPerRating;
        return bytes;
    }
}
