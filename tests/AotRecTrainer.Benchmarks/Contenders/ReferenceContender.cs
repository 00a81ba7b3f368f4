using System.Runtime.InteropServices;
using AotRecTrainer.Benchmarks.Workload;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Benchmarks.Contenders;

/// <summary>The C kernel: clearing the item gradient and the pass over the ratings; its parameters are packed once.</summary>
internal sealed unsafe class ReferenceContender : IContender
{
    private readonly ReferenceKernel _kernel;
    private readonly int _width;
    private readonly int _stride;
    private readonly int _factors;
    private readonly int[] _first;
    private readonly int* _offsets;
    private readonly int* _items;
    private readonly NativeFloats _ratings = new(Ratings.Count);
    private readonly NativeFloats _userFactors;
    private readonly NativeFloats _userBiases = new(Ratings.Users);
    private readonly NativeFloats _itemFactors;
    private readonly NativeFloats _itemBiases = new(Ratings.Items);
    private readonly NativeFloats _userGradient;
    private readonly NativeFloats _userBiasGradient = new(Ratings.Users);
    private readonly NativeFloats[] _itemGradients;
    private readonly NativeFloats[] _itemBiasGradients;
    private readonly double[] _losses;
    private readonly Team _team;

    public ReferenceContender(ReferenceKernel kernel, int width, RatingBlock block, Parameters parameters, int threads)
    {
        _kernel = kernel;
        _width = width;
        _factors = parameters.Factors;
        _stride = _factors == 3 ? 4 : _factors;
        _first = UserParts.Of(block.Rows, threads);
        _offsets = Copy(block.Rows.Offsets);
        _items = Copy(block.Rows.Items);
        block.Rows.Ratings.CopyTo(_ratings.Values);
        _userFactors = Padded(parameters.UserFactors, _ => 1);
        _itemFactors = Padded(parameters.ItemFactors, item => parameters.ItemBiases[item]);
        parameters.UserBiases.CopyTo(_userBiases.Values);
        parameters.ItemBiases.CopyTo(_itemBiases.Values);
        _userGradient = new NativeFloats(Ratings.Users * _stride);
        _itemGradients = [.. Enumerable.Range(0, threads).Select(_ => new NativeFloats(Ratings.Items * _stride))];
        _itemBiasGradients = [.. Enumerable.Range(0, threads).Select(_ => new NativeFloats(Ratings.Items))];
        _losses = new double[threads];
        _team = new Team(threads, Part);
    }

    public void Run() => _team.Run();

    public double[] Answer() =>
    [
        _losses.Sum(),
        SumOfSquares(_userGradient, at => at % _stride < _factors),
        SumOfSquares(_userBiasGradient, _ => true),
        SumOfSquares(_itemGradients[0], at => at % _stride < _factors),
        _stride > _factors
            ? SumOfSquares(_itemGradients[0], at => at % _stride == _factors)
            : SumOfSquares(_itemBiasGradients[0], _ => true),
    ];

    public void Dispose()
    {
        _team.Dispose();
        NativeMemory.Free(_offsets);
        NativeMemory.Free(_items);
        NativeFloats[] floats =
            [_ratings, _userFactors, _userBiases, _itemFactors, _itemBiases, _userGradient, _userBiasGradient];
        foreach (NativeFloats owned in (NativeFloats[])[.. floats, .. _itemGradients, .. _itemBiasGradients])
        {
            owned.Dispose();
        }
    }

    private void Part(int part, Team team)
    {
        _itemGradients[part].Values.Clear();
        _itemBiasGradients[part].Values.Clear();
        var problem = new ReferenceKernel.Problem
        {
            Factors = _factors,
            Mean = Ratings.Mean,
            Offsets = _offsets,
            Items = _items,
            Ratings = _ratings.Start,
            UserFactors = _userFactors.Start,
            UserBiases = _userBiases.Start,
            ItemFactors = _itemFactors.Start,
            ItemBiases = _itemBiases.Start,
            UserGradient = _userGradient.Start,
            UserBiasGradient = _userBiasGradient.Start,
            ItemGradient = _itemGradients[part].Start,
            ItemBiasGradient = _itemBiasGradients[part].Start,
        };
        _losses[part] = _kernel.Gradient(_width, &problem, _first[part], _first[part + 1]);
        if (team.Size > 1)
        {
            team.Meet();
            PartSums.AddSlice(part, team.Size, _itemGradients[0].Values, _itemGradients[1].Values);
            PartSums.AddSlice(part, team.Size, _itemBiasGradients[0].Values, _itemBiasGradients[1].Values);
        }
    }

    private static int* Copy(ReadOnlySpan<int> values)
    {
        int* copy = (int*)NativeMemory.Alloc((nuint)values.Length, sizeof(int));
        values.CopyTo(new Span<int>(copy, values.Length));
        return copy;
    }

    private NativeFloats Padded(float[] factors, Func<int, float> last)
    {
        int rows = factors.Length / _factors;
        var padded = new NativeFloats(rows * _stride);
        for (int row = 0; row < rows; row++)
        {
            Span<float> to = padded.Values.Slice(row * _stride, _stride);
            to[^1] = last(row);
            factors.AsSpan(row * _factors, _factors).CopyTo(to);
        }

        return padded;
    }

    private static double SumOfSquares(NativeFloats values, Func<int, bool> takes)
    {
        double sum = 0;
        for (int n = 0; n < values.Length; n++)
        {
            sum += takes(n) ? (double)values.Values[n] * values.Values[n] : 0;
        }

        return sum;
    }
}
