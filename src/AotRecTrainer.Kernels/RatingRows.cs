namespace AotRecTrainer.Kernels;

/// <summary>
/// Ratings of consecutive users in compressed rows, checked when made so that kernels may read them unchecked.
/// User <c>u</c> owns the positions <c>Offsets[u]</c> up to (not including) <c>Offsets[u + 1]</c> of
/// <see cref="Items"/> and <see cref="Ratings"/>. The default value holds no users.
/// </summary>
/// <remarks>
/// A view: the memory belongs to the caller, who must not change it while the view is in use.
/// Hold a <see cref="RatingBlock"/> to check a shard once and use it in every round.
/// </remarks>
public readonly ref struct RatingRows
{
    private RatingRows(ReadOnlySpan<int> offsets, ReadOnlySpan<int> items, ReadOnlySpan<float> ratings, int itemCount)
    {
        Offsets = offsets;
        Items = items;
        Ratings = ratings;
        ItemCount = itemCount;
    }

    /// <summary>Row boundaries, one more than there are users; positions in <see cref="Items"/>, never falling.</summary>
    public ReadOnlySpan<int> Offsets { get; }

    /// <summary>Dense item index of every rating, 0 to <see cref="ItemCount"/> − 1.</summary>
    public ReadOnlySpan<int> Items { get; }

    /// <summary>Value of every rating, beside <see cref="Items"/>.</summary>
    public ReadOnlySpan<float> Ratings { get; }

    /// <summary>The bound that every item index was checked against.</summary>
    public int ItemCount { get; }

    /// <summary>Number of users.</summary>
    public int Users => Math.Max(Offsets.Length - 1, 0);

    /// <summary>Number of ratings of these users (of the part, after <see cref="Slice"/>).</summary>
    public int Count => Offsets.Length == 0 ? 0 : Offsets[^1] - Offsets[0];

    /// <summary>The ratings of one user.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such user.</exception>
    public RatingList this[int user]
    {
        get
        {
            int from = Offsets[user];
            int count = Offsets[user + 1] - from;
            return RatingList.FromChecked(Items.Slice(from, count), Ratings.Slice(from, count), ItemCount);
        }
    }

    /// <summary>Checks the rows and wraps them; costs one pass over the item indices.</summary>
    /// <param name="offsets">Users + 1 boundaries; empty means no users.</param>
    /// <param name="items">Dense item indices.</param>
    /// <param name="ratings">As many values as <paramref name="items"/>.</param>
    /// <param name="itemCount">Number of items of the model.</param>
    /// <exception cref="ArgumentException">Lengths, boundaries or an item index do not fit; the message says which.</exception>
    public static RatingRows Create(ReadOnlySpan<int> offsets, ReadOnlySpan<int> items, ReadOnlySpan<float> ratings, int itemCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(itemCount);
        if (ratings.Length != items.Length)
        {
            throw new ArgumentException($"{ratings.Length} ratings, expected one for each of {items.Length} items", nameof(ratings));
        }

        CheckOffsets(offsets, items.Length);
        CheckItems(items, itemCount);
        return new RatingRows(offsets, items, ratings, itemCount);
    }

    /// <summary>The rows of some of the users; nothing is copied or checked again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the rows.</exception>
    public RatingRows Slice(int firstUser, int users)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstUser);
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(users, Users - firstUser);
        return Offsets.Length == 0 ? this : new RatingRows(Offsets.Slice(firstUser, users + 1), Items, Ratings, ItemCount);
    }

    /// <summary>Wraps rows that <see cref="Create"/> has already accepted.</summary>
    internal static RatingRows FromChecked(
        ReadOnlySpan<int> offsets, ReadOnlySpan<int> items, ReadOnlySpan<float> ratings, int itemCount) =>
        new(offsets, items, ratings, itemCount);

    private static void CheckOffsets(ReadOnlySpan<int> offsets, int ratings)
    {
        int previous = 0;
        for (int u = 0; u < offsets.Length; u++)
        {
            int offset = offsets[u];
            if (offset < previous || offset > ratings)
            {
                throw new ArgumentException($"offset {u} is {offset}, expected {previous} to {ratings}", nameof(offsets));
            }

            previous = offset;
        }
    }

    private static void CheckItems(ReadOnlySpan<int> items, int itemCount)
    {
        // Negative indices become large as unsigned numbers, so one maximum (which the compiler's vectors take) covers both ends.
        uint largest = 0;
        foreach (int item in items)
        {
            largest = Math.Max(largest, (uint)item);
        }

        if (items.Length == 0 || largest < (uint)itemCount)
        {
            return;
        }

        for (int j = 0; j < items.Length; j++)
        {
            if ((uint)items[j] >= (uint)itemCount)
            {
                throw new ArgumentException($"item {items[j]} at position {j}, expected 0 to {itemCount - 1}", nameof(items));
            }
        }
    }
}
