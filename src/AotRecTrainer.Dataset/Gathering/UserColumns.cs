namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Rows of several users, one user behind the other, in columns.</summary>
/// <param name="capacity">The number of rows.</param>
/// <param name="withTimestamps">Whether rows have a timestamp.</param>
internal sealed class UserColumns(int capacity, bool withTimestamps)
{
    public int[] Items { get; } = GC.AllocateUninitializedArray<int>(capacity);

    public float[] Ratings { get; } = GC.AllocateUninitializedArray<float>(capacity);

    public long[] Timestamps { get; } = GC.AllocateUninitializedArray<long>(withTimestamps ? capacity : 0);

    /// <summary>Some of the rows.</summary>
    public UserRatings this[Range rows] => new(Items.AsSpan(rows), Ratings.AsSpan(rows), withTimestamps ? Timestamps.AsSpan(rows) : []);
}
