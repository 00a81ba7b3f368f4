using System.Diagnostics;

namespace AotRecTrainer.Kernels;

/// <summary>
/// The memory of one thread that accumulates gradients: item parameters packed for the body at hand, and the item gradient.
/// </summary>
/// <remarks>
/// With prediction = µ + b_u + b_i + p·q and residual e = rating − prediction, the gradients are those of half the sum of squared
/// residuals: −Σ e·q for p, −Σ e·p for q, −Σ e for both biases. No regularization. NaN and infinity in parameters pass through.
/// The same calls give the same bits on the same kind of machine. Not safe for concurrent use; no method but construction allocates.
/// </remarks>
public abstract unsafe class GradientWorkspace : IDisposable
{
    /// <summary>Longest factor vector taken.</summary>
    public const int MaxFactors = 4096;

    private readonly AlignedFloats _itemRows;
    private readonly AlignedFloats _itemGradient;
    private readonly AlignedFloats _itemBiases;
    private readonly AlignedFloats _itemBiasGradient;
    private bool _loaded;
    private bool _isClear = true;
    private bool _disposed;

    /// <summary>Reserves the item memory.</summary>
    /// <param name="items">Number of items.</param>
    /// <param name="factors">Length of a factor vector.</param>
    /// <param name="stride">Floats from one packed row to the next; where it exceeds the factors, the last lane carries the bias.</param>
    private protected GradientWorkspace(int items, int factors, int stride)
    {
        Debug.Assert(stride >= factors, "a row holds at least its factors");
        Items = items;
        Factors = factors;
        Stride = stride;
        _itemRows = new AlignedFloats((long)items * stride);
        _itemGradient = new AlignedFloats((long)items * stride);
        _itemBiases = new AlignedFloats(BiasInRow ? 0 : items);
        _itemBiasGradient = new AlignedFloats(BiasInRow ? 0 : items);
    }

    /// <summary>Number of items.</summary>
    public int Items { get; }

    /// <summary>Length of a factor vector.</summary>
    public int Factors { get; }

    private protected int Stride { get; }

    /// <summary>
    /// Whether the item bias rides in the last lane of the row: with a 1 in that lane of the user's row, dot product and gradient
    /// update handle it for nothing.
    /// </summary>
    private protected bool BiasInRow => Stride > Factors;

    private protected float GlobalMean { get; private set; }

    private protected float* ItemRows => _itemRows.Start;

    private protected float* ItemGradient => _itemGradient.Start;

    private protected float* ItemBiases => _itemBiases.Start;

    private protected float* ItemBiasGradient => _itemBiasGradient.Start;

    /// <summary>Takes the item parameters of a round (copied) and clears the item gradient.</summary>
    /// <param name="globalMean">µ of the prediction.</param>
    /// <param name="itemFactors">Items × factors, row after row.</param>
    /// <param name="itemBiases">One per item.</param>
    /// <exception cref="ArgumentException">A length does not fit the workspace.</exception>
    /// <exception cref="ObjectDisposedException">The workspace was disposed.</exception>
    public void LoadItems(float globalMean, ReadOnlySpan<float> itemFactors, ReadOnlySpan<float> itemBiases)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        KernelThrow.IfLengthDiffers(itemFactors.Length, (long)Items * Factors, nameof(itemFactors));
        KernelThrow.IfLengthDiffers(itemBiases.Length, Items, nameof(itemBiases));
        GlobalMean = globalMean;
        if (BiasInRow)
        {
            Pack(itemFactors, itemBiases);
        }
        else
        {
            itemFactors.CopyTo(new Span<float>(ItemRows, itemFactors.Length));
            itemBiases.CopyTo(new Span<float>(ItemBiases, Items));
        }

        ClearItemGradient();
        _loaded = true;
    }

    /// <summary>
    /// Overwrites the user gradients with those of <paramref name="rows"/> and adds the item gradients to the ones kept inside.
    /// </summary>
    /// <param name="rows">Ratings of a block of users; a user without ratings gets a zero gradient.</param>
    /// <param name="userFactors">Users of the block × factors, row after row.</param>
    /// <param name="userBiases">One per user of the block.</param>
    /// <param name="userFactorGradient">Shaped like <paramref name="userFactors"/>.</param>
    /// <param name="userBiasGradient">Shaped like <paramref name="userBiases"/>.</param>
    /// <returns>The squared error and the number of ratings of the block.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the rows were checked against more items than are here.</exception>
    /// <exception cref="InvalidOperationException">No item parameters were loaded.</exception>
    /// <exception cref="ObjectDisposedException">The workspace was disposed.</exception>
    public GradientTotals Accumulate(
        in RatingRows rows,
        ReadOnlySpan<float> userFactors,
        ReadOnlySpan<float> userBiases,
        Span<float> userFactorGradient,
        Span<float> userBiasGradient)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_loaded)
        {
            throw new InvalidOperationException("no item parameters: LoadItems comes before Accumulate");
        }

        if (rows.ItemCount > Items)
        {
            throw new ArgumentException($"rows of {rows.ItemCount} items, expected at most {Items}", nameof(rows));
        }

        int users = rows.Users;
        KernelThrow.IfLengthDiffers(userFactors.Length, (long)users * Factors, nameof(userFactors));
        KernelThrow.IfLengthDiffers(userBiases.Length, users, nameof(userBiases));
        KernelThrow.IfLengthDiffers(userFactorGradient.Length, (long)users * Factors, nameof(userFactorGradient));
        KernelThrow.IfLengthDiffers(userBiasGradient.Length, users, nameof(userBiasGradient));
        _isClear = false;
        double squaredError;
        fixed (int* offsets = rows.Offsets, items = rows.Items)
        fixed (float* ratings = rows.Ratings, factors = userFactors, biases = userBiases)
        fixed (float* factorGradient = userFactorGradient, biasGradient = userBiasGradient)
        {
            var block = new UserBlock(users, offsets, items, ratings, factors, biases, factorGradient, biasGradient);
            squaredError = AccumulateCore(in block);
        }

        GC.KeepAlive(this);
        return new GradientTotals(squaredError, rows.Count);
    }

    /// <summary>Copies the item gradient out, overwriting the arguments, and clears it.</summary>
    /// <param name="itemFactorGradient">Items × factors, row after row.</param>
    /// <param name="itemBiasGradient">One per item.</param>
    /// <exception cref="ArgumentException">A length does not fit the workspace.</exception>
    /// <exception cref="ObjectDisposedException">The workspace was disposed.</exception>
    public void TakeItemGradient(Span<float> itemFactorGradient, Span<float> itemBiasGradient)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        KernelThrow.IfLengthDiffers(itemFactorGradient.Length, (long)Items * Factors, nameof(itemFactorGradient));
        KernelThrow.IfLengthDiffers(itemBiasGradient.Length, Items, nameof(itemBiasGradient));
        if (BiasInRow)
        {
            Unpack(itemFactorGradient, itemBiasGradient);
        }
        else
        {
            new ReadOnlySpan<float>(ItemGradient, itemFactorGradient.Length).CopyTo(itemFactorGradient);
            new ReadOnlySpan<float>(ItemBiasGradient, Items).CopyTo(itemBiasGradient);
        }

        ClearItemGradient();
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
        if (!disposing || _disposed)
        {
            return;
        }

        _disposed = true;
        _itemRows.Dispose();
        _itemGradient.Dispose();
        _itemBiases.Dispose();
        _itemBiasGradient.Dispose();
    }

    /// <summary>The body: every argument was checked; returns the sum of squared residuals.</summary>
    private protected abstract double AccumulateCore(in UserBlock block);

    // Rows with a bias are mostly short: value by value is faster than a call for each.
    private void Pack(ReadOnlySpan<float> itemFactors, ReadOnlySpan<float> itemBiases)
    {
        (int width, int stride, int rows) = (Factors, Stride, Items);
        fixed (float* factors = itemFactors, biases = itemBiases)
        {
            float* from = factors;
            float* row = ItemRows;
            for (int i = 0; i < rows; i++)
            {
                for (int f = 0; f < width; f++)
                {
                    row[f] = *from++;
                }

                row[stride - 1] = biases[i];
                row += stride;
            }
        }
    }

    private void Unpack(Span<float> itemFactorGradient, Span<float> itemBiasGradient)
    {
        (int width, int stride, int rows) = (Factors, Stride, Items);
        fixed (float* factors = itemFactorGradient, biases = itemBiasGradient)
        {
            float* to = factors;
            float* row = ItemGradient;
            for (int i = 0; i < rows; i++)
            {
                for (int f = 0; f < width; f++)
                {
                    *to++ = row[f];
                }

                biases[i] = row[stride - 1];
                row += stride;
            }
        }
    }

    private void ClearItemGradient()
    {
        if (_isClear)
        {
            return;
        }

        _itemGradient.Clear();
        _itemBiasGradient.Clear();
        _isClear = true;
    }
}
