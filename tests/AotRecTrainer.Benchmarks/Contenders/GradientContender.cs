using AotRecTrainer.Benchmarks.Workload;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>A gradient kernel of ours: packing the item parameters, the pass over the ratings, taking the item gradient out.</summary>
internal sealed class GradientContender : IContender
{
    private readonly RatingBlock _block;
    private readonly Parameters _parameters;
    private readonly int[] _first;
    private readonly GradientWorkspace[] _workspaces;
    private readonly float[][] _itemGradients;
    private readonly float[][] _itemBiasGradients;
    private readonly float[] _userGradient;
    private readonly float[] _userBiasGradient;
    private readonly double[] _losses;
    private readonly Team _team;

    public GradientContender(IGradientKernel kernel, RatingBlock block, Parameters parameters, int threads)
    {
        _block = block;
        _parameters = parameters;
        _first = UserParts.Of(block.Rows, threads);
        _workspaces = [.. Enumerable.Range(0, threads).Select(_ => kernel.CreateWorkspace(Ratings.Items, parameters.Factors))];
        _itemGradients = [.. _workspaces.Select(_ => new float[parameters.ItemFactors.Length])];
        _itemBiasGradients = [.. _workspaces.Select(_ => new float[Ratings.Items])];
        _userGradient = new float[parameters.UserFactors.Length];
        _userBiasGradient = new float[Ratings.Users];
        _losses = new double[threads];
        _team = new Team(threads, Part);
    }

    public void Run() => _team.Run();

    public double[] Answer() =>
    [
        _losses.Sum(),
        _userGradient.Sum(value => (double)value * value),
        _userBiasGradient.Sum(value => (double)value * value),
        _itemGradients[0].Sum(value => (double)value * value),
        _itemBiasGradients[0].Sum(value => (double)value * value),
    ];

    public void Dispose()
    {
        _team.Dispose();
        foreach (GradientWorkspace workspace in _workspaces)
        {
            workspace.Dispose();
        }
    }

    private void Part(int part, Team team)
    {
        int factors = _parameters.Factors;
        int first = _first[part];
        int users = _first[part + 1] - first;
        GradientWorkspace workspace = _workspaces[part];
        workspace.LoadItems(Ratings.Mean, _parameters.ItemFactors, _parameters.ItemBiases);
        GradientTotals totals = workspace.Accumulate(
            _block.Rows.Slice(first, users),
            _parameters.UserFactors.AsSpan(first * factors, users * factors),
            _parameters.UserBiases.AsSpan(first, users),
            _userGradient.AsSpan(first * factors, users * factors),
            _userBiasGradient.AsSpan(first, users));
        _losses[part] = totals.SquaredError;
        workspace.TakeItemGradient(_itemGradients[part], _itemBiasGradients[part]);
        if (team.Size > 1)
        {
            team.Meet();
            PartSums.AddSlice(part, team.Size, _itemGradients[0], _itemGradients[1]);
            PartSums.AddSlice(part, team.Size, _itemBiasGradients[0], _itemBiasGradients[1]);
        }
    }
}
