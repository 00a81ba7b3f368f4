using AotRecTrainer.Kernels;

namespace AotRecTrainer.Model.Data;

/// <summary>The decoded ratings of one shard, in compressed sparse rows by user; users are one contiguous range.</summary>
/// <param name="userFirst">Index of the shard's first user.</param>
/// <param name="block">The ratings; row 0 is user <paramref name="userFirst"/>.</param>
public sealed class ShardRatings(int userFirst, RatingBlock block)
{
    /// <summary>Index of the shard's first user.</summary>
    public int UserFirst { get; } = userFirst;

    /// <summary>Number of users, those without ratings among them.</summary>
    public int UserCount => block.Rows.Users;

    /// <summary>Number of ratings.</summary>
    public int Count => block.Rows.Count;

    /// <summary>The ratings as the kernels take them; row 0 is user <see cref="UserFirst"/>.</summary>
    public RatingRows Rows => block.Rows;
}
