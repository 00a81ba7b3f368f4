using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Gradient;

/// <summary>The worker's half of batch gradient: the gradient of half the squared-error sum of a shard, and its held-out errors.</summary>
/// <param name="kernel">Computes the gradient.</param>
public sealed class GradientShardAlgorithm(IGradientKernel kernel) : IShardAlgorithm
{
    private GradientTask? _task;
    private GradientWorkspace? _workspace;

    /// <inheritdoc/>
    public void Begin(RoundTask task)
    {
        _task = task as GradientTask ?? throw new ArgumentException($"a task of type {task?.GetType().Name}, expected {nameof(GradientTask)}", nameof(task));
        ModelParameters parameters = task.Parameters;
        if (_workspace is null || _workspace.Items != parameters.Shape.Items || _workspace.Factors != parameters.Shape.Factors)
        {
            _workspace?.Dispose();
            _workspace = kernel.CreateWorkspace(parameters.Shape.Items, parameters.Shape.Factors);
        }

        _workspace.LoadItems(parameters.GlobalMean, parameters.ItemFactors, parameters.ItemBiases);
    }

    /// <inheritdoc/>
    public void Compute(int shard, ShardData data, ShardStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(statistics);
        ModelParameters parameters = _task!.Parameters;
        int factors = parameters.Shape.Factors;
        int users = data.Train.UserCount;
        ReadOnlySpan<float> userFactors = parameters.UserFactors.AsSpan(data.Train.UserFirst * factors, users * factors);
        ReadOnlySpan<float> userBiases = parameters.UserBiases.AsSpan(data.Train.UserFirst, users);
        statistics.Reset(shard, data.Train.UserFirst, users, data.Test.Count);
        GradientTotals train = _workspace!.Accumulate(
            data.Train.Part(_task.Batch).Rows, userFactors, userBiases, statistics.UserFactors, statistics.UserBiases);
        _workspace.TakeItemGradient(statistics.ItemFactors, statistics.ItemBiases);
        ErrorTotals held = ErrorKernel.Evaluate(
            data.Test.Part(_task.Batch).Rows, parameters.GlobalMean, userFactors, userBiases, parameters.ItemFactors, parameters.ItemBiases,
            factors, data.RatingLow, data.RatingHigh);
        statistics.Errors = new ErrorSums(train.SquaredError, train.Ratings, held.SquaredError, held.AbsoluteError, held.Ratings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workspace?.Dispose();
        _workspace = null;
    }
}
