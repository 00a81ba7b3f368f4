using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>
/// Gathers the item rows of a user into a dense matrix, in parts of at most <see cref="PartRows"/>, and leaves the arithmetic
/// to BLAS. Every row carries its bias in a lane of its own.
/// </summary>
/// <remarks>The error is prediction − rating, the negative of the residual: gradients then only add.</remarks>
internal sealed unsafe class OpenBlasGradientWorkspace : PaddedGradientWorkspace
{
    // Fixed, so that the order of additions is; small enough for both matrices to stay in the second-level cache.
    private const int PartRows = 256;

    private readonly AlignedFloats _rows;
    private readonly AlignedFloats _rowGradients;
    private readonly AlignedFloats _errors;

    public OpenBlasGradientWorkspace(int items, int factors)
        : base(items, factors, stride: factors + 1)
    {
        _rows = new AlignedFloats((long)PartRows * Stride);
        _rowGradients = new AlignedFloats((long)PartRows * Stride);
        _errors = new AlignedFloats(PartRows);
    }

    private protected override double AccumulateCore(in UserBlock block)
    {
        double squaredError = 0;
        for (int u = 0; u < block.Users; u++)
        {
            LoadUser(block.Factors + ((long)u * Factors));
            new Span<float>(UserGradient, Stride).Clear();
            float mean = GlobalMean + block.Biases[u];
            double biasGradient = 0;
            int to = block.Offsets[u + 1];
            for (int j = block.Offsets[u]; j < to; j += PartRows)
            {
                int count = Math.Min(PartRows, to - j);
                AccumulatePart(block.Items + j, block.Ratings + j, count, mean, ref biasGradient, ref squaredError);
            }

            block.BiasGradient[u] = (float)biasGradient;
            SaveUserGradient(block.FactorGradient + ((long)u * Factors));
        }

        return squaredError;
    }

    private void AccumulatePart(int* items, float* ratings, int count, float mean, ref double biasGradient, ref double squaredError)
    {
        Gather(items, count);
        float* errors = _errors.Start;
        OpenBlas.MatrixTimesVector(count, Stride, _rows.Start, UserRow, errors);
        for (int j = 0; j < count; j++)
        {
            float error = errors[j] + (mean - ratings[j]);
            errors[j] = error;
            biasGradient += error;
            squaredError += (double)error * error;
        }

        OpenBlas.AddTransposeTimesVector(count, Stride, _rows.Start, Stride, errors, UserGradient);
        new Span<float>(_rowGradients.Start, count * Stride).Clear();
        OpenBlas.AddOuterProduct(count, Stride, errors, UserRow, _rowGradients.Start);
        Scatter(items, count);
    }

    private void Gather(int* items, int count)
    {
        for (int j = 0; j < count; j++)
        {
            new ReadOnlySpan<float>(ItemRows + ((nint)items[j] * Stride), Stride)
                .CopyTo(new Span<float>(_rows.Start + ((nint)j * Stride), Stride));
        }
    }

    private void Scatter(int* items, int count)
    {
        for (int j = 0; j < count; j++)
        {
            float* from = _rowGradients.Start + ((nint)j * Stride);
            float* to = ItemGradient + ((nint)items[j] * Stride);
            for (int f = 0; f < Stride; f++)
            {
                to[f] += from[f];
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _rowGradients.Dispose();
            _errors.Dispose();
        }

        base.Dispose(disposing);
    }
}
