using AotRecTrainer.Kernels;

namespace AotRecTrainer.Model.Data;

/// <summary>The decoded ratings of one shard, in compressed sparse rows by user; users are one contiguous range.</summary>
/// <param name="userFirst">Index of the shard's first user.</param>
/// <param name="block">The ratings; row 0 is user <paramref name="userFirst"/>.</param>
/// <remarks>Not safe for concurrent use while parts are being made: one thread at a time works on a shard.</remarks>
public sealed class ShardRatings(int userFirst, RatingBlock block)
{
    private readonly Dictionary<MiniBatch, RatingBlock> _parts = [];

    /// <summary>Index of the shard's first user.</summary>
    public int UserFirst { get; } = userFirst;

    /// <summary>Number of users, those without ratings among them.</summary>
    public int UserCount => block.Rows.Users;

    /// <summary>Number of ratings.</summary>
    public int Count => block.Rows.Count;

    /// <summary>The ratings as the kernels take them; row 0 is user <see cref="UserFirst"/>.</summary>
    public RatingBlock Block => block;

    /// <summary>
    /// The ratings of a mini-batch: rows for every user of the shard, empty for users outside the batch. Made at the first use
    /// and kept, since every epoch asks for the same parts again.
    /// </summary>
    public RatingBlock Part(MiniBatch batch)
    {
        if (batch.IsWhole) return block;
        if (_parts.TryGetValue(batch, out RatingBlock? known)) return known;
        RatingBlock part = Filter(batch);
        _parts.Add(batch, part);
        return part;
    }

    private RatingBlock Filter(MiniBatch batch)
    {
        RatingRows rows = block.Rows;
        int[] offsets = new int[rows.Users + 1];
        for (int user = 0; user < rows.Users; user++)
        {
            int count = batch.Contains(UserFirst + user) ? rows.Offsets[user + 1] - rows.Offsets[user] : 0;
            offsets[user + 1] = offsets[user] + count;
        }

        int[] items = new int[offsets[^1]];
        float[] ratings = new float[offsets[^1]];
        for (int user = 0; user < rows.Users; user++)
        {
            int count = offsets[user + 1] - offsets[user];
            rows.Items.Slice(rows.Offsets[user], count).CopyTo(items.AsSpan(offsets[user]));
            rows.Ratings.Slice(rows.Offsets[user], count).CopyTo(ratings.AsSpan(offsets[user]));
        }

        return new RatingBlock(offsets, items, ratings, block.ItemCount);
    }
}
