using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>
/// Gathers rows and a 1 after each into a dense matrix, in parts of at most <see cref="PartRows"/>, and leaves the arithmetic to BLAS.
/// </summary>
internal sealed unsafe class OpenBlasEquationWorkspace : EquationWorkspace
{
    // Fixed, so that the order of additions is; large enough that the library's packing of its arguments pays.
    private const int PartRows = 512;

    private readonly AlignedFloats _rows;
    private readonly AlignedFloats _targets;

    public OpenBlasEquationWorkspace(int factors)
        : base(factors)
    {
        _rows = new AlignedFloats((long)PartRows * Stride);
        _targets = new AlignedFloats(PartRows);
    }

    private protected override void Sum(FactorRows others, int* indices, float* ratings, int count, float mean)
    {
        float* right = Sums + ((long)Unknowns * Stride);
        new Span<float>(Sums, Stride * (Unknowns + 1)).Clear();
        for (int from = 0; from < count; from += PartRows)
        {
            int rows = Math.Min(PartRows, count - from);
            Gather(others, indices + from, ratings + from, rows, mean);
            OpenBlas.AddTransposeTimesSelf(rows, Unknowns, _rows.Start, Stride, Sums, Stride);
            OpenBlas.AddTransposeTimesVector(rows, Unknowns, _rows.Start, Stride, _targets.Start, right);
        }
    }

    private void Gather(FactorRows others, int* indices, float* ratings, int count, float mean)
    {
        for (int j = 0; j < count; j++)
        {
            float* row = _rows.Start + ((nint)j * Stride);
            new ReadOnlySpan<float>(others.FactorStart + ((nint)indices[j] * others.Stride), Factors).CopyTo(new Span<float>(row, Factors));
            row[Factors] = 1;
            _targets.Start[j] = ratings[j] - mean - others.BiasStart[indices[j]];
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rows.Dispose();
            _targets.Dispose();
        }

        base.Dispose(disposing);
    }
}
