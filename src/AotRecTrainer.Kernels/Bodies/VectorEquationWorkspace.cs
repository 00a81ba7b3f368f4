using System.Runtime.CompilerServices;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>
/// Gathers the rows of a part of the ratings, then sums their products tile by tile of the matrix, each tile in registers.
/// </summary>
/// <remarks>
/// Every sum is one chain of fused multiply-adds in the order of the ratings, whatever the tile or the width of vectors: bodies
/// of this class agree to the bit.
/// </remarks>
/// <typeparam name="TOne">A row of one vector.</typeparam>
/// <typeparam name="TTwo">A row of two such vectors.</typeparam>
internal sealed unsafe class VectorEquationWorkspace<TOne, TTwo> : EquationWorkspace
    where TOne : unmanaged, IFactorRow<TOne>
    where TTwo : unmanaged, IFactorRow<TTwo>
{
    private const int TileRows = 8;

    // A part's rows and the tile at work stay in the first-level cache.
    private const int PartFloats = 4096;
    private const int FewestPartRows = 16;

    private readonly AlignedFloats _rows;
    private readonly AlignedFloats _columns;
    private readonly int _partRows;

    public VectorEquationWorkspace(int factors)
        : base(factors)
    {
        int width = AlignedFloats.WholeLines(factors);
        _partRows = Math.Max(PartFloats / width, FewestPartRows);
        _rows = new AlignedFloats((long)_partRows * width);
        _columns = new AlignedFloats(2L * width);
    }

    private protected override void Sum(FactorRows others, int* indices, float* ratings, int count, float mean)
    {
        int width = (Factors + TOne.Width - 1) / TOne.Width * TOne.Width;
        float* ones = _columns.Start;
        float* targets = ones + others.Stride;
        new Span<float>(Sums, Stride * (Unknowns + 1)).Clear();
        new Span<float>(_columns.Start, 2 * others.Stride).Clear();
        float targetSum = 0;
        for (int from = 0; from < count; from += _partRows)
        {
            int rows = Math.Min(_partRows, count - from);
            var part = new Part(others, indices + from, ratings + from, rows, mean);
            int c = 0;
            float next = targetSum;
            for (; c <= width - TTwo.Width; c += TTwo.Width)
            {
                next = Gather<TTwo>(part, c, targetSum, _rows.Start, width, ones, targets);
            }

            if (c < width)
            {
                next = Gather<TOne>(part, c, targetSum, _rows.Start, width, ones, targets);
            }

            targetSum = next;
            SumTiles(rows, width);
        }

        float* last = Sums + ((long)Factors * Stride);
        new ReadOnlySpan<float>(ones, Factors).CopyTo(new Span<float>(last, Factors));
        last[Factors] = count;
        new ReadOnlySpan<float>(targets, Factors).CopyTo(new Span<float>(last + Stride, Factors));
        last[Stride + Factors] = targetSum;
    }

    private void SumTiles(int rows, int width)
    {
        for (int i = 0; i < Factors; i += TileRows)
        {
            int to = (Math.Min(i + TileRows, Factors) + TOne.Width - 1) / TOne.Width * TOne.Width;
            float* sums = Sums + ((long)i * Stride);
            int c = 0;
            for (; c <= to - TTwo.Width; c += TTwo.Width)
            {
                SumFour<TTwo>(_rows.Start + i, _rows.Start + c, rows, width, sums + c, Stride);
                if (i + 4 < Factors)
                {
                    SumFour<TTwo>(_rows.Start + i + 4, _rows.Start + c, rows, width, sums + (4 * Stride) + c, Stride);
                }
            }

            if (c < to)
            {
                if (i + 4 < Factors)
                {
                    SumEight<TOne>(_rows.Start + i, _rows.Start + c, rows, width, sums + c, Stride);
                }
                else
                {
                    SumFour<TOne>(_rows.Start + i, _rows.Start + c, rows, width, sums + c, Stride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Gather<TRow>(
        in Part part, int column, float targetSum, float* rows, nint width, float* ones, float* targets)
        where TRow : unmanaged, IFactorRow<TRow>
    {
        float* factors = part.Factors + column;
        float* biases = part.Biases;
        int* indices = part.Indices;
        float* ratings = part.Ratings;
        nint stride = part.Stride;
        float mean = part.Mean;
        TRow onesSum = TRow.Load(ones + column);
        TRow targetsSum = TRow.Load(targets + column);
        float* to = rows + column;
        for (nint j = 0; j < part.Count; j++)
        {
            nint index = indices[j];
            float target = ratings[j] - mean - biases[index];
            TRow row = TRow.Load(factors + (index * stride));
            TRow.Store(to, row);
            onesSum = TRow.MultiplyAdd(1, row, onesSum);
            targetsSum = TRow.MultiplyAdd(target, row, targetsSum);
            targetSum += target;
            to += width;
        }

        TRow.Store(ones + column, onesSum);
        TRow.Store(targets + column, targetsSum);
        return targetSum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumFour<TRow>(float* left, float* right, nint count, nint width, float* sums, nint stride)
        where TRow : unmanaged, IFactorRow<TRow>
    {
        TRow sum0 = TRow.Load(sums);
        TRow sum1 = TRow.Load(sums + stride);
        TRow sum2 = TRow.Load(sums + (2 * stride));
        TRow sum3 = TRow.Load(sums + (3 * stride));
        for (nint j = 0; j < count; j++)
        {
            TRow row = TRow.Load(right);
            sum0 = TRow.MultiplyAdd(left[0], row, sum0);
            sum1 = TRow.MultiplyAdd(left[1], row, sum1);
            sum2 = TRow.MultiplyAdd(left[2], row, sum2);
            sum3 = TRow.MultiplyAdd(left[3], row, sum3);
            left += width;
            right += width;
        }

        TRow.Store(sums, sum0);
        TRow.Store(sums + stride, sum1);
        TRow.Store(sums + (2 * stride), sum2);
        TRow.Store(sums + (3 * stride), sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumEight<TRow>(float* left, float* right, nint count, nint width, float* sums, nint stride)
        where TRow : unmanaged, IFactorRow<TRow>
    {
        TRow sum0 = TRow.Load(sums);
        TRow sum1 = TRow.Load(sums + stride);
        TRow sum2 = TRow.Load(sums + (2 * stride));
        TRow sum3 = TRow.Load(sums + (3 * stride));
        TRow sum4 = TRow.Load(sums + (4 * stride));
        TRow sum5 = TRow.Load(sums + (5 * stride));
        TRow sum6 = TRow.Load(sums + (6 * stride));
        TRow sum7 = TRow.Load(sums + (7 * stride));
        for (nint j = 0; j < count; j++)
        {
            TRow row = TRow.Load(right);
            sum0 = TRow.MultiplyAdd(left[0], row, sum0);
            sum1 = TRow.MultiplyAdd(left[1], row, sum1);
            sum2 = TRow.MultiplyAdd(left[2], row, sum2);
            sum3 = TRow.MultiplyAdd(left[3], row, sum3);
            sum4 = TRow.MultiplyAdd(left[4], row, sum4);
            sum5 = TRow.MultiplyAdd(left[5], row, sum5);
            sum6 = TRow.MultiplyAdd(left[6], row, sum6);
            sum7 = TRow.MultiplyAdd(left[7], row, sum7);
            left += width;
            right += width;
        }

        TRow.Store(sums, sum0);
        TRow.Store(sums + stride, sum1);
        TRow.Store(sums + (2 * stride), sum2);
        TRow.Store(sums + (3 * stride), sum3);
        TRow.Store(sums + (4 * stride), sum4);
        TRow.Store(sums + (5 * stride), sum5);
        TRow.Store(sums + (6 * stride), sum6);
        TRow.Store(sums + (7 * stride), sum7);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _columns.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The ratings whose rows are gathered at once.</summary>
    private readonly struct Part(FactorRows others, int* indices, float* ratings, int count, float mean)
    {
        public readonly float* Factors = others.FactorStart;
        public readonly float* Biases = others.BiasStart;
        public readonly nint Stride = others.Stride;
        public readonly int* Indices = indices;
        public readonly float* Ratings = ratings;
        public readonly int Count = count;
        public readonly float Mean = mean;
    }
}
