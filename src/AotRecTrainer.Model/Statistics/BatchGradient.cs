using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;

namespace AotRecTrainer.Model.Statistics;

/// <summary>The worker's half of a batch-gradient round: (parameters, shard) → statistics. Holds the kernel's buffers between shards.</summary>
public sealed class BatchGradient : IDisposable
{
    private readonly ModelParameters _parameters;
    private readonly GradientWorkspace _workspace;

    /// <summary>Prepares one round: packs the item parameters for the kernel once for all shards.</summary>
    public BatchGradient(ModelParameters parameters, IGradientKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(kernel);
        _parameters = parameters;
        _workspace = kernel.CreateWorkspace(parameters.Shape.Items, parameters.Shape.Factors);
        _workspace.LoadItems(parameters.GlobalMean, parameters.ItemFactors, parameters.ItemBiases);
    }

    /// <summary>
    /// Statistics of one shard: the gradient over <paramref name="train"/> and the errors on both sets, predictions for
    /// <paramref name="test"/> clipped to <paramref name="low"/>..<paramref name="high"/>.
    /// </summary>
    public ShardStatistics Compute(int shard, ShardRatings train, ShardRatings test, float low, float high)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ModelShape shape = _parameters.Shape;
        int users = train.UserCount;
        ReadOnlySpan<float> userFactors = _parameters.UserFactors.AsSpan(train.UserFirst * shape.Factors, users * shape.Factors);
        ReadOnlySpan<float> userBiases = _parameters.UserBiases.AsSpan(train.UserFirst, users);
        ShardStatistics statistics = new(
            shard, train.UserFirst, new float[userFactors.Length], new float[users],
            new float[_parameters.ItemFactors.Length], new float[shape.Items], default);
        GradientTotals totals = _workspace.Accumulate(train.Rows, userFactors, userBiases, statistics.UserFactors, statistics.UserBiases);
        _workspace.TakeItemGradient(statistics.ItemFactors, statistics.ItemBiases);
        ErrorTotals held = ErrorKernel.Evaluate(
            test.Rows, _parameters.GlobalMean, userFactors, userBiases,
            _parameters.ItemFactors, _parameters.ItemBiases, shape.Factors, low, high);
        ErrorSums errors = new(totals.SquaredError, totals.Ratings, held.SquaredError, held.AbsoluteError, held.Ratings);
        return statistics with { Errors = errors };
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();
}
