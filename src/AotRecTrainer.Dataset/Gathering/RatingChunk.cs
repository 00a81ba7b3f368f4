namespace AotRecTrainer.Dataset.Gathering;

/// <summary>Rows in the order of the input, in columns. Users and items are codes of an <see cref="IdSpace"/>, later ranks.</summary>
internal sealed class RatingChunk
{
    /// <summary>Makes room for rows.</summary>
    /// <param name="capacity">The most rows.</param>
    /// <param name="withTimestamps">Whether rows have a timestamp.</param>
    public RatingChunk(int capacity, bool withTimestamps)
    {
        Users = GC.AllocateUninitializedArray<int>(capacity);
        Items = GC.AllocateUninitializedArray<int>(capacity);
        Ratings = GC.AllocateUninitializedArray<float>(capacity);
        Timestamps = GC.AllocateUninitializedArray<long>(withTimestamps ? capacity : 0);
    }

    /// <summary>The user of every row.</summary>
    public int[] Users { get; }

    /// <summary>The item of every row.</summary>
    public int[] Items { get; }

    /// <summary>The rating of every row.</summary>
    public float[] Ratings { get; }

    /// <summary>The timestamp of every row; empty without timestamps.</summary>
    public long[] Timestamps { get; }

    /// <summary>Rows in use.</summary>
    public int Count { get; set; }

    /// <summary>Which of the gatherer's spaces the codes belong to.</summary>
    public int Space { get; set; }

    /// <summary>More than any user code.</summary>
    public int UserCodes { get; set; }

    /// <summary>More than any item code.</summary>
    public int ItemCodes { get; set; }

    /// <summary>Adds a row; there must be room.</summary>
    public void Add(int user, int item, float rating, long timestamp)
    {
        int row = Count;
        Users[row] = user;
        Items[row] = item;
        Ratings[row] = rating;
        if (Timestamps.Length > 0)
        {
            Timestamps[row] = timestamp;
        }

        Count = row + 1;
    }
}
