namespace AotRecTrainer.Kernels;

/// <summary>The ratings of a <see cref="RatingBlock"/> item by item; inside an item, users rise.</summary>
/// <remarks>A view of what the block owns, derived from checked rows.</remarks>
public readonly ref struct RatingColumns
{
    private readonly ReadOnlySpan<int> _offsets;
    private readonly ReadOnlySpan<int> _users;
    private readonly ReadOnlySpan<float> _ratings;

    internal RatingColumns(ReadOnlySpan<int> offsets, ReadOnlySpan<int> users, ReadOnlySpan<float> ratings, int userCount)
    {
        _offsets = offsets;
        _users = users;
        _ratings = ratings;
        UserCount = userCount;
    }

    /// <summary>Number of users of the block, which every user index is below.</summary>
    public int UserCount { get; }

    /// <summary>Number of items, those without ratings among them.</summary>
    public int Items => Math.Max(_offsets.Length - 1, 0);

    /// <summary>Number of ratings.</summary>
    public int Count => _users.Length;

    /// <summary>The ratings of one item; indices are users counted from the block's first.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such item.</exception>
    public RatingList this[int item]
    {
        get
        {
            int from = _offsets[item];
            int count = _offsets[item + 1] - from;
            return RatingList.FromChecked(_users.Slice(from, count), _ratings.Slice(from, count), UserCount);
        }
    }
}
