namespace AotRecTrainer.Kernels;

/// <summary>Rows of ratings checked once and kept for many rounds.</summary>
public sealed class RatingBlock
{
    private readonly int[] _offsets;
    private readonly int[] _items;
    private readonly float[] _ratings;
    private readonly Lazy<Transposed> _byItem;

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
        _byItem = new Lazy<Transposed>(() => Transposed.Of(Rows));
    }

    /// <summary>The bound that every item index was checked against.</summary>
    public int ItemCount { get; }

    /// <summary>All rows, ready for a kernel; costs nothing.</summary>
    public RatingRows Rows => RatingRows.FromChecked(_offsets, _items, _ratings, ItemCount);

    /// <summary>
    /// The same ratings item by item. The first use, on whatever thread, copies them into that order; later ones cost nothing.
    /// </summary>
    public RatingColumns ByItem
    {
        get
        {
            Transposed columns = _byItem.Value;
            return new RatingColumns(columns.Offsets, columns.Users, columns.Ratings, Rows.Users);
        }
    }

    private sealed record Transposed(int[] Offsets, int[] Users, float[] Ratings)
    {
        /// <summary>Counting sort by item; it keeps the order of users.</summary>
        public static Transposed Of(RatingRows rows)
        {
            int[] next = new int[rows.ItemCount + 1];
            int[] users = new int[rows.Count];
            float[] ratings = new float[rows.Count];
            int first = rows.Users == 0 ? 0 : rows.Offsets[0];
            foreach (int item in rows.Items.Slice(first, rows.Count))
            {
                next[item + 1]++;
            }

            for (int i = 0; i < rows.ItemCount; i++)
            {
                next[i + 1] += next[i];
            }

            int[] offsets = [.. next];
            for (int u = 0; u < rows.Users; u++)
            {
                for (int j = rows.Offsets[u]; j < rows.Offsets[u + 1]; j++)
                {
                    int to = next[rows.Items[j]]++;
                    users[to] = u;
                    ratings[to] = rows.Ratings[j];
                }
            }

            return new Transposed(offsets, users, ratings);
        }
    }
}
