using System.Numerics;
using System.Runtime.InteropServices;

namespace AotRecTrainer.Model.Statistics;

/// <summary>
/// Adds up the statistics of a round in shard order, whatever order they arrive in: floating-point addition is not associative,
/// so the order is part of the promise that any number of workers gives the same bits.
/// </summary>
public sealed class StatisticsSum
{
    private readonly int _shards;
    private readonly List<float> _predictions = [];

    /// <summary>An empty sum over this many shards.</summary>
    public StatisticsSum(StatisticsShape shape, int shards)
    {
        Shape = shape;
        _shards = shards;
        UserFactors = new float[shape.Model.Users * shape.Model.Factors];
        UserBiases = new float[shape.Model.Users];
        ItemFactors = new float[shape.Model.Items * shape.Model.Factors];
        ItemBiases = new float[shape.Model.Items];
        ItemMatrices = new float[checked(shape.Model.Items * shape.MatrixLength)];
    }

    /// <summary>What the statistics consist of.</summary>
    public StatisticsShape Shape { get; }

    /// <summary>As in <see cref="ShardStatistics.UserFactors"/>, for all users.</summary>
    public float[] UserFactors { get; }

    /// <summary>As in <see cref="ShardStatistics.UserBiases"/>, for all users.</summary>
    public float[] UserBiases { get; }

    /// <summary>The sum of <see cref="ShardStatistics.ItemFactors"/>.</summary>
    public float[] ItemFactors { get; }

    /// <summary>The sum of <see cref="ShardStatistics.ItemBiases"/>.</summary>
    public float[] ItemBiases { get; }

    /// <summary>The sum of <see cref="ShardStatistics.ItemMatrices"/>.</summary>
    public float[] ItemMatrices { get; }

    /// <summary>Unclipped predictions of all held-out ratings, shard after shard.</summary>
    public ReadOnlySpan<float> TestPredictions => CollectionsMarshal.AsSpan(_predictions);

    /// <summary>Error sums over the shards added so far.</summary>
    public ErrorSums Errors { get; private set; }

    /// <summary>Index of the shard that must be added next.</summary>
    public int NextShard { get; private set; }

    /// <summary>True when every shard was added.</summary>
    public bool IsComplete => NextShard == _shards;

    /// <summary>Empties the sum for another round; keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(UserFactors);
        Array.Clear(UserBiases);
        Array.Clear(ItemFactors);
        Array.Clear(ItemBiases);
        Array.Clear(ItemMatrices);
        _predictions.Clear();
        Errors = default;
        NextShard = 0;
    }

    /// <summary>Adds the next shard; the statistics stay the caller's.</summary>
    /// <exception cref="ModelException">It is not the next shard, its arrays do not fit the model, or a sum in it is not finite.</exception>
    public void Add(ShardStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (statistics.Shard != NextShard || IsComplete)
            throw new ModelException($"statistics of shard {statistics.Shard}, expected shard {NextShard} of {_shards}");
        int users = statistics.UserBiases.Length;
        if (statistics.Shape != Shape || statistics.UserFirst < 0 || statistics.UserFirst > Shape.Model.Users - users)
            throw new ModelException($"statistics of shard {NextShard} do not have the shape {Shape}");
        if (!double.IsFinite(statistics.Errors.TrainSquared) || !double.IsFinite(statistics.Errors.TestSquared))
            throw ModelException.Diverged($"the squared error of shard {NextShard} is not finite");

        statistics.UserFactors.CopyTo(UserFactors.AsSpan(statistics.UserFirst * Shape.Model.Factors));
        statistics.UserBiases.CopyTo(UserBiases.AsSpan(statistics.UserFirst));
        AddTo(ItemFactors, statistics.ItemFactors);
        AddTo(ItemBiases, statistics.ItemBiases);
        AddTo(ItemMatrices, statistics.ItemMatrices);
        _predictions.AddRange(statistics.TestPredictions);
        Errors += statistics.Errors;
        NextShard++;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> addend)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        for (int i = 0; i < sums.Length; i++) sums[i] += addends[i];
        for (int i = sums.Length * Vector<float>.Count; i < sum.Length; i++) sum[i] += addend[i];
    }
}
