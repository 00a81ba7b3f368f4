using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Data;
using AotRecTrainer.Model.Parameters;
using AotRecTrainer.Model.Statistics;

namespace AotRecTrainer.Model.Algorithms.Equations;

/// <summary>
/// The worker's half of alternating least squares and of Gibbs sampling: solves every user of the shard from its own ratings, then
/// sums the items' normal equations over those users. Both are the same operation on the two orders of the ratings.
/// </summary>
/// <param name="kernel">Sums the equations.</param>
public sealed class EquationShardAlgorithm(IEquationKernel kernel) : IShardAlgorithm
{
    private EquationTask? _task;
    private IRowSolver? _solver;
    private EquationWorkspace? _workspace;
    private FactorRows? _itemRows;
    private FactorRows? _userRows;
    private ModelShape _shape;
    private float[] _matrix = [];
    private float[] _vector = [];

    /// <inheritdoc/>
    public void Begin(RoundTask task)
    {
        _task = task as EquationTask ?? throw new ArgumentException($"a task of type {task?.GetType().Name}, expected {nameof(EquationTask)}", nameof(task));
        ModelParameters items = task.Parameters;
        if (_shape != items.Shape)
        {
            Dispose();
            _shape = items.Shape;
            _workspace = kernel.CreateWorkspace(_shape.Factors);
            _itemRows = new FactorRows(_shape.Items, _shape.Factors);
            _vector = new float[_shape.Factors + 1];
            _matrix = new float[_vector.Length * (_vector.Length + 1) / 2];
        }

        _itemRows!.Load(items.ItemFactors, items.ItemBiases);
        _solver = _task.CreateUserSolver();
    }

    /// <inheritdoc/>
    public void Compute(int shard, ShardData data, ShardStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(statistics);
        RatingBlock ratings = data.Train.Block;
        statistics.Reset(shard, data.Train.UserFirst, data.Train.UserCount, data.Test.Count);
        SolveUsers(ratings, statistics);
        SumItemEquations(ratings, statistics);
        statistics.Errors = Measure(data, statistics);
    }

    /// <summary>Frees the native memory; the next <see cref="Begin"/> takes it anew.</summary>
    public void Dispose()
    {
        _workspace?.Dispose();
        _itemRows?.Dispose();
        _userRows?.Dispose();
        _userRows = null;
        _shape = default;
    }

    private void SolveUsers(RatingBlock ratings, ShardStatistics statistics)
    {
        int factors = _shape.Factors;
        int users = statistics.UserBiases.Length;
        if (_userRows is null || _userRows.Count < users)
        {
            _userRows?.Dispose();
            _userRows = new FactorRows(Math.Max(users, 1), factors);
        }

        float mean = _task!.Parameters.GlobalMean;
        RatingRows byUser = ratings.Rows;
        for (int user = 0; user < users; user++)
        {
            Array.Clear(_matrix);
            Array.Clear(_vector);
            RatingList own = byUser[user];
            _workspace!.Accumulate(_itemRows!, own, mean, _matrix, _vector);
            _solver!.Solve(statistics.UserFirst + user, own.Count, _matrix, _vector);
            ReadOnlySpan<float> solved = _vector.AsSpan(0, factors);
            solved.CopyTo(statistics.UserFactors[(user * factors)..]);
            statistics.UserBiases[user] = _vector[factors];
            _userRows.LoadRow(user, solved, _vector[factors]);
        }
    }

    private void SumItemEquations(RatingBlock ratings, ShardStatistics statistics)
    {
        int factors = _shape.Factors;
        int length = statistics.Shape.MatrixLength;
        float mean = _task!.Parameters.GlobalMean;
        RatingColumns byItem = ratings.ByItem;
        for (int item = 0; item < _shape.Items; item++)
        {
            RatingList own = byItem[item];
            if (own.Count == 0) continue;
            Array.Clear(_vector);
            _workspace!.Accumulate(_userRows!, own, mean, statistics.ItemMatrices.Slice(item * length, length), _vector);
            _vector.AsSpan(0, factors).CopyTo(statistics.ItemFactors[(item * factors)..]);
            statistics.ItemBiases[item] = _vector[factors];
        }
    }

    private ErrorSums Measure(ShardData data, ShardStatistics statistics)
    {
        ModelParameters items = _task!.Parameters;
        RatingRows test = data.Test.Block.Rows;
        ErrorTotals train = ErrorKernel.Evaluate(
            data.Train.Block.Rows, items.GlobalMean, statistics.UserFactors, statistics.UserBiases, items.ItemFactors, items.ItemBiases,
            _shape.Factors, float.NegativeInfinity, float.PositiveInfinity);
        ErrorTotals held = ErrorKernel.Evaluate(
            test, items.GlobalMean, statistics.UserFactors, statistics.UserBiases, items.ItemFactors, items.ItemBiases,
            _shape.Factors, data.RatingLow, data.RatingHigh);
        if (statistics.Shape.HasPredictions)
        {
            PredictionKernel.Predict(
                test, items.GlobalMean, statistics.UserFactors, statistics.UserBiases, items.ItemFactors, items.ItemBiases,
                _shape.Factors, statistics.TestPredictions);
        }

        return new ErrorSums(train.SquaredError, train.Ratings, held.SquaredError, held.AbsoluteError, held.Ratings);
    }
}
