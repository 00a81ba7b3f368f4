using AotRecTrainer.Benchmarks.Workload;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>A round of alternating least squares: all users solved given the items, then all items given those users.</summary>
internal sealed class AlsContender : IContender
{
    private const float Regularization = 1;

    private readonly RatingBlock _block;
    private readonly Parameters _parameters;
    private readonly EquationWorkspace _workspace;
    private readonly FactorRows _userRows;
    private readonly FactorRows _itemRows;
    private readonly float[] _matrix;
    private readonly float[] _unknowns;
    private double _sumOfSquares;

    public AlsContender(IEquationKernel kernel, RatingBlock block, Parameters parameters)
    {
        _block = block;
        _parameters = parameters;
        _workspace = kernel.CreateWorkspace(parameters.Factors);
        _userRows = new FactorRows(Ratings.Users, parameters.Factors);
        _itemRows = new FactorRows(Ratings.Items, parameters.Factors);
        _matrix = new float[PackedTriangle.Length(_workspace.Unknowns)];
        _unknowns = new float[_workspace.Unknowns];
        _ = block.ByItem.Count;
    }

    public void Run()
    {
        _sumOfSquares = 0;
        _itemRows.Load(_parameters.ItemFactors, _parameters.ItemBiases);
        RatingRows rows = _block.Rows;
        for (int user = 0; user < rows.Users; user++)
        {
            Solve(_itemRows, rows[user]);
            _userRows.LoadRow(user, _unknowns.AsSpan(0, _parameters.Factors), _unknowns[^1]);
        }

        RatingColumns columns = _block.ByItem;
        for (int item = 0; item < columns.Items; item++)
        {
            Solve(_userRows, columns[item]);
            _itemRows.LoadRow(item, _unknowns.AsSpan(0, _parameters.Factors), _unknowns[^1]);
        }
    }

    public double[] Answer() => [_sumOfSquares];

    public void Dispose()
    {
        _workspace.Dispose();
        _userRows.Dispose();
        _itemRows.Dispose();
    }

    private void Solve(FactorRows others, RatingList ratings)
    {
        Array.Clear(_matrix);
        Array.Clear(_unknowns);
        _workspace.Accumulate(others, ratings, Ratings.Mean, _matrix, _unknowns);
        for (int n = 0; n < _unknowns.Length; n++)
        {
            _matrix[PackedTriangle.Diagonal(n)] += Regularization;
        }

        if (!Cholesky.TryFactor(_matrix, _unknowns.Length))
        {
            throw new InvalidOperationException("a regularized matrix is not positive definite");
        }

        Cholesky.Solve(_matrix, _unknowns.Length, _unknowns);
        _sumOfSquares += (double)_unknowns[0] * _unknowns[0];
    }
}
