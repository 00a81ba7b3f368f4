using System.Numerics;

namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>
/// Draws without replacement in proportion to integer weights: a binary tree of sums, so a draw, a removal and putting back each
/// take as many steps as the tree is high.
/// </summary>
internal sealed class WeightTree
{
    private readonly long[] _sums;
    private readonly int _leaves;

    /// <param name="weights">Each at least 1; together they fit a long.</param>
    public WeightTree(ReadOnlySpan<long> weights)
    {
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)weights.Length);
        _sums = new long[2 * _leaves];
        weights.CopyTo(_sums.AsSpan(_leaves));
        for (int node = _leaves - 1; node > 0; node--)
        {
            _sums[node] = _sums[2 * node] + _sums[(2 * node) + 1];
        }
    }

    /// <summary>The weights that are left.</summary>
    public long Total => _sums[1];

    /// <summary>The entry at a position between 0 and <see cref="Total"/> on the line of all weights.</summary>
    public int Find(long position)
    {
        int node = 1;
        while (node < _leaves)
        {
            node *= 2;
            if (position >= _sums[node])
            {
                position -= _sums[node++];
            }
        }

        return node - _leaves;
    }

    /// <summary>Adds to an entry's weight: minus the weight takes the entry out, plus the weight puts it back.</summary>
    public void Add(int entry, long weight)
    {
        for (int node = entry + _leaves; node > 0; node /= 2)
        {
            _sums[node] += weight;
        }
    }
}
