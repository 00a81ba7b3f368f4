using System.Numerics;
using System.Runtime.InteropServices;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Statistics;

/// <summary>
/// Adds up the statistics of a round in shard order, whatever order they are given in the network's eyes: floating-point
/// addition is not associative, so the order is part of the promise that any number of workers gives the same bits.
/// </summary>
public sealed class StatisticsSum
{
    private readonly int _shards;
    private int _next;

    /// <summary>An empty sum for a model of this shape over this many shards.</summary>
    public StatisticsSum(ModelShape shape, int shards)
    {
        Shape = shape;
        _shards = shards;
        UserFactors = new float[shape.Users * shape.Factors];
        UserBiases = new float[shape.Users];
        ItemFactors = new float[shape.Items * shape.Factors];
        ItemBiases = new float[shape.Items];
    }

    /// <summary>The model's sizes.</summary>
    public ModelShape Shape { get; }

    /// <summary>Gradient of P, users × factors.</summary>
    public float[] UserFactors { get; }

    /// <summary>Gradient of b_u.</summary>
    public float[] UserBiases { get; }

    /// <summary>Gradient of Q, items × factors.</summary>
    public float[] ItemFactors { get; }

    /// <summary>Gradient of b_i.</summary>
    public float[] ItemBiases { get; }

    /// <summary>Error sums over the shards added so far.</summary>
    public ErrorSums Errors { get; private set; }

    /// <summary>Index of the shard that must be added next.</summary>
    public int NextShard => _next;

    /// <summary>True when every shard was added.</summary>
    public bool IsComplete => _next == _shards;

    /// <summary>Empties the sum for another round; keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(UserFactors);
        Array.Clear(UserBiases);
        Array.Clear(ItemFactors);
        Array.Clear(ItemBiases);
        Errors = default;
        _next = 0;
    }

    /// <summary>Adds the next shard.</summary>
    /// <exception cref="ModelException">It is not the next shard, its arrays do not fit the model, or a sum in it is not finite.</exception>
    public void Add(ShardStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (statistics.Shard != _next || IsComplete)
            throw new ModelException($"statistics of shard {statistics.Shard}, expected shard {_next} of {_shards}");
        int users = statistics.UserBiases.Length;
        bool fits = statistics.UserFirst >= 0 && statistics.UserFirst <= Shape.Users - users
            && statistics.UserFactors.Length == users * Shape.Factors
            && statistics.ItemBiases.Length == Shape.Items
            && statistics.ItemFactors.Length == ItemFactors.Length;
        if (!fits) throw new ModelException($"statistics of shard {_next} do not have the model's shape {Shape}");
        if (!double.IsFinite(statistics.Errors.TrainSquared) || !double.IsFinite(statistics.Errors.TestSquared))
        {
            throw new ModelException(
                $"training diverged: the squared error of shard {_next} is not finite; a smaller learningRate or more regularization helps");
        }

        statistics.UserFactors.CopyTo(UserFactors.AsSpan(statistics.UserFirst * Shape.Factors));
        statistics.UserBiases.CopyTo(UserBiases.AsSpan(statistics.UserFirst));
        AddTo(ItemFactors, statistics.ItemFactors);
        AddTo(ItemBiases, statistics.ItemBiases);
        Errors += statistics.Errors;
        _next++;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> addend)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        for (int i = 0; i < sums.Length; i++) sums[i] += addends[i];
        for (int i = sums.Length * Vector<float>.Count; i < sum.Length; i++) sum[i] += addend[i];
    }
}
