namespace AotRecTrainer.Kernels;

/// <summary>
/// Factors and biases of all users or of all items as kernels read them: every row padded with zeros to whole vectors.
/// </summary>
/// <remarks>Reading from several threads is safe; loading is not safe beside anything else.</remarks>
public sealed unsafe class FactorRows : IDisposable
{
    private readonly AlignedFloats _factors;
    private readonly AlignedFloats _biases;

    /// <summary>Reserves the memory, all zero.</summary>
    /// <param name="rows">Number of rows, zero or more.</param>
    /// <param name="factors">Length of a factor vector, 1 to <see cref="GradientWorkspace.MaxFactors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is out of range.</exception>
    public FactorRows(int rows, int factors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        KernelThrow.IfFactorsOutOfRange(factors);
        Count = rows;
        Factors = factors;
        Stride = AlignedFloats.WholeLines(factors);
        _factors = new AlignedFloats((long)rows * Stride);
        _biases = new AlignedFloats(rows);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Length of a factor vector.</summary>
    public int Factors { get; }

    /// <summary>Floats from one row to the next: whole cache lines, so that no row lies on more of them than it must.</summary>
    internal int Stride { get; }

    internal float* FactorStart => _factors.Start;

    internal float* BiasStart => _biases.Start;

    /// <summary>Takes all rows (copied).</summary>
    /// <param name="factors">Rows × factors, row after row.</param>
    /// <param name="biases">One per row.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed.</exception>
    public void Load(ReadOnlySpan<float> factors, ReadOnlySpan<float> biases)
    {
        ThrowIfDisposed();
        KernelThrow.IfLengthDiffers(factors.Length, (long)Count * Factors, nameof(factors));
        KernelThrow.IfLengthDiffers(biases.Length, Count, nameof(biases));
        for (int row = 0; row < Count; row++)
        {
            factors.Slice(row * Factors, Factors).CopyTo(Row(row));
        }

        biases.CopyTo(new Span<float>(BiasStart, Count));
    }

    /// <summary>Takes one row (copied).</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="factors">Its factors.</param>
    /// <param name="bias">Its bias.</param>
    /// <exception cref="ArgumentException">There is no such row, or a length does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The rows were disposed.</exception>
    public void LoadRow(int row, ReadOnlySpan<float> factors, float bias)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        KernelThrow.IfLengthDiffers(factors.Length, Factors, nameof(factors));
        factors.CopyTo(Row(row));
        BiasStart[row] = bias;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factors.Dispose();
        _biases.Dispose();
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_factors.IsClosed, this);

    private Span<float> Row(int row) => new(FactorStart + ((long)row * Stride), Factors);
}
