namespace AotRecTrainer.Kernels;

/// <summary>Rows of ratings checked once and kept for many rounds.</summary>
public sealed class RatingBlock
{
    private readonly int[] _offsets;
    private readonly int[] _items;
    private readonly float[] _ratings;

    /// <summary>Takes the arrays over: the caller must not change them afterwards, for kernels read them unchecked.</summary>
    /// <param name="offsets">Users + 1 row boundaries; empty means no users.</param>
    /// <param name="items">Dense item indices.</param>
    /// <param name="ratings">As many values as <paramref name="items"/>.</param>
    /// <param name="itemCount">Number of items of the model.</param>
    /// <exception cref="ArgumentException">Lengths, boundaries or an item index do not fit; the message says which.</exception>
    public RatingBlock(int[] offsets, int[] items, float[] ratings, int itemCount)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(ratings);
        _ = RatingRows.Create(offsets, items, ratings, itemCount);
        (_offsets, _items, _ratings, ItemCount) = (offsets, items, ratings, itemCount);
    }

    /// <summary>The bound that every item index was checked against.</summary>
    public int ItemCount { get; }

    /// <summary>All rows, ready for a kernel; costs nothing.</summary>
    public RatingRows Rows => RatingRows.FromChecked(_offsets, _items, _ratings, ItemCount);
}
