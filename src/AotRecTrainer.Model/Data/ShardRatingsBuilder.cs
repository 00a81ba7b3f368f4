using AotRecTrainer.Columnar.Arrow;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Model.Data;

/// <summary>Turns the record batches of a shard (user, item, rating; sorted by user) into <see cref="ShardRatings"/>.</summary>
public sealed class ShardRatingsBuilder
{
    private readonly int _userFirst;
    private readonly int _itemCount;
    private readonly int[] _offsets;
    private readonly int[] _items;
    private readonly float[] _ratings;
    private int _count;
    private int _row;

    /// <summary>Prepares for a shard of known size: <paramref name="ratingCount"/> ratings of <paramref name="userCount"/> users.</summary>
    public ShardRatingsBuilder(int userFirst, int userCount, int itemCount, int ratingCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(userFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(userCount);
        ArgumentOutOfRangeException.ThrowIfNegative(ratingCount);
        _userFirst = userFirst;
        _itemCount = itemCount;
        _offsets = new int[userCount + 1];
        _items = new int[ratingCount];
        _ratings = new float[ratingCount];
    }

    /// <summary>Adds a batch. The batch stays the caller's.</summary>
    /// <exception cref="ModelException">A user, item or rating is outside what the shard's description allows.</exception>
    public void Add(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<int> users = batch["user"].Values<int>();
        ReadOnlySpan<int> items = batch["item"].Values<int>();
        ReadOnlySpan<float> ratings = batch["rating"].Values<float>();
        if (_count + users.Length > _items.Length)
            throw new ModelException($"the shard holds more than the {_items.Length} ratings that its description promises");

        int userCount = _offsets.Length - 1;
        for (int i = 0; i < users.Length; i++)
        {
            int row = users[i] - _userFirst;
            if (row < _row || row >= userCount)
                throw new ModelException($"rating {_count + i}: user {users[i]}, expected one of {_userFirst + _row}..{_userFirst + userCount - 1}");
            if ((uint)items[i] >= (uint)_itemCount)
                throw new ModelException($"rating {_count + i}: item {items[i]}, expected one of 0..{_itemCount - 1}");
            if (!float.IsFinite(ratings[i]))
                throw new ModelException($"rating {_count + i}: value {ratings[i]}, expected a finite number");
            while (_row < row) _offsets[++_row] = _count + i;
        }

        items.CopyTo(_items.AsSpan(_count));
        ratings.CopyTo(_ratings.AsSpan(_count));
        _count += users.Length;
    }

    /// <summary>Ends the shard.</summary>
    /// <exception cref="ModelException">Fewer ratings were added than the shard's description promises.</exception>
    public ShardRatings Build()
    {
        if (_count != _items.Length) throw new ModelException($"the shard holds {_count} ratings, expected {_items.Length}");
        while (_row < _offsets.Length - 1) _offsets[++_row] = _count;
        return new ShardRatings(_userFirst, new RatingBlock(_offsets, _items, _ratings, _itemCount));
    }
}
