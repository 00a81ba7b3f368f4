using System.Runtime.Intrinsics;

namespace AotRecTrainer.Kernels;

/// <summary>The memory of one thread that sums normal equations.</summary>
/// <remarks>
/// Fixing the other side of prediction = µ + b_u + b_i + p·q, the factors and the bias x of one row solve a least-squares problem
/// with one equation per rating: z·x = rating − µ − bias of the other side, where z = (factors of the other side, 1). Its normal
/// equations are S x = c with S = Σ z zᵀ and c = Σ z (rating − µ − bias); no regularization. NaN and infinity in parameters pass
/// through. The same calls give the same bits on the same kind of machine. Not safe for concurrent use; no method but construction
/// allocates.
/// </remarks>
public abstract unsafe class EquationWorkspace : IDisposable
{
    private readonly AlignedFloats _sums;
    private bool _disposed;

    private protected EquationWorkspace(int factors)
    {
        KernelThrow.IfFactorsOutOfRange(factors);
        Factors = factors;
        Stride = AlignedFloats.WholeLines(factors + 2);
        _sums = new AlignedFloats((long)Stride * Stride);
    }

    /// <summary>Length of a factor vector.</summary>
    public int Factors { get; }

    /// <summary>Number of unknowns of a row: its factors and, last, its bias.</summary>
    public int Unknowns => Factors + 1;

    /// <summary>Floats from one row of <see cref="Sums"/> to the next, and the number of its rows.</summary>
    private protected int Stride { get; }

    /// <summary>
    /// Where a body leaves its sums: the first <see cref="Unknowns"/> rows hold the lower triangle of S, the row after them holds c;
    /// the rest may hold anything.
    /// </summary>
    private protected float* Sums => _sums.Start;

    /// <summary>
    /// Adds the normal equations of some ratings: the sums are taken from zero, in the order of the ratings, and then added once.
    /// </summary>
    /// <param name="others">Rows of the other side, which the indices of <paramref name="ratings"/> point into.</param>
    /// <param name="ratings">Ratings of one user or item; without any, nothing changes.</param>
    /// <param name="mean">µ of the prediction.</param>
    /// <param name="matrix">S as a <see cref="PackedTriangle"/> of <see cref="Unknowns"/> rows.</param>
    /// <param name="rightSide">c, <see cref="Unknowns"/> values.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, the rows have another number of factors, or the indices were checked against more rows than there are.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The workspace or the rows were disposed.</exception>
    public void Accumulate(FactorRows others, RatingList ratings, float mean, Span<float> matrix, Span<float> rightSide)
    {
        ArgumentNullException.ThrowIfNull(others);
        ObjectDisposedException.ThrowIf(_disposed, this);
        others.ThrowIfDisposed();
        KernelThrow.IfLengthDiffers(others.Factors, Factors, nameof(others));
        KernelThrow.IfLengthDiffers(matrix.Length, PackedTriangle.Length(Unknowns), nameof(matrix));
        KernelThrow.IfLengthDiffers(rightSide.Length, Unknowns, nameof(rightSide));
        if (ratings.IndexCount > others.Count)
        {
            throw new ArgumentException($"indices of {ratings.IndexCount} rows, expected at most {others.Count}", nameof(ratings));
        }

        if (ratings.Count == 0)
        {
            return;
        }

        fixed (int* indices = ratings.Indices)
        fixed (float* values = ratings.Ratings)
        {
            Sum(others, indices, values, ratings.Count, mean);
        }

        fixed (float* packed = matrix, right = rightSide)
        {
            float* row = packed;
            for (int i = 0; i < Unknowns; i++)
            {
                Add(Sums + ((long)i * Stride), row, i + 1);
                row += i + 1;
            }

            Add(Sums + ((long)Unknowns * Stride), right, Unknowns);
        }

        GC.KeepAlive(this);
        GC.KeepAlive(others);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory.</summary>
    /// <param name="disposing">False when called by the collector, which sees to the memory itself.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposed = true;
            _sums.Dispose();
        }
    }

    /// <summary>The body: every argument was checked and there is a rating; fills <see cref="Sums"/>.</summary>
    private protected abstract void Sum(FactorRows others, int* indices, float* ratings, int count, float mean);

    private static void Add(float* addends, float* target, int count)
    {
        int n = 0;
        for (; n <= count - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            (Vector256.Load(target + n) + Vector256.Load(addends + n)).Store(target + n);
        }

        for (; n < count; n++)
        {
            target[n] += addends[n];
        }
    }
}
