namespace AotRecTrainer.Dataset.Gathering;

/// <summary>The ratings of one user, items ascending, each once. Valid until the cursor that gave it out moves on.</summary>
internal readonly ref struct UserRatings(ReadOnlySpan<int> items, ReadOnlySpan<float> ratings, ReadOnlySpan<long> timestamps)
{
    public ReadOnlySpan<int> Items { get; } = items;

    public ReadOnlySpan<float> Ratings { get; } = ratings;

    /// <summary>Empty when the input has no timestamps.</summary>
    public ReadOnlySpan<long> Timestamps { get; } = timestamps;

    public int Count => Items.Length;

    /// <summary>Some of the ratings.</summary>
    public UserRatings this[Range rows] => new(Items[rows], Ratings[rows], Timestamps.IsEmpty ? default : Timestamps[rows]);
}
