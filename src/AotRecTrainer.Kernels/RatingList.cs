namespace AotRecTrainer.Kernels;

/// <summary>
/// Ratings by one user or of one item: an element of <see cref="RatingRows"/> or <see cref="RatingColumns"/>, which alone make it, so
/// that its indices are checked and kernels may follow them blindly. The default value holds none.
/// </summary>
/// <remarks>A view of what the rows or columns view; nobody may change that while it is in use.</remarks>
public readonly ref struct RatingList
{
    private RatingList(ReadOnlySpan<int> indices, ReadOnlySpan<float> ratings, int indexCount)
    {
        Indices = indices;
        Ratings = ratings;
        IndexCount = indexCount;
    }

    /// <summary>Row of the other side for every rating, 0 to <see cref="IndexCount"/> − 1.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>Value of every rating, beside <see cref="Indices"/>.</summary>
    public ReadOnlySpan<float> Ratings { get; }

    /// <summary>The bound that every index was checked against.</summary>
    public int IndexCount { get; }

    /// <summary>Number of ratings.</summary>
    public int Count => Indices.Length;

    /// <summary>Wraps what was checked as part of something larger.</summary>
    internal static RatingList FromChecked(ReadOnlySpan<int> indices, ReadOnlySpan<float> ratings, int indexCount) =>
        new(indices, ratings, indexCount);
}
