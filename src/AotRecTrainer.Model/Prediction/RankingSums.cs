namespace AotRecTrainer.Model.Prediction;

/// <summary>
/// Adds up how well lists of k items hit what users liked: nDCG@k with gains of 0 and 1 (Järvelin and Kekäläinen 2002), recall@k as the
/// share of the liked items that is in the list, and coverage as the share of all items that is in any list.
/// </summary>
/// <param name="items">Number of items.</param>
public sealed class RankingSums(int items)
{
    private readonly bool[] _listed = new bool[items];
    private double _gain;
    private double _recall;

    /// <summary>Users added so far.</summary>
    public int Users { get; private set; }

    /// <summary>Mean nDCG@k, 0 to 1; NaN before the first user.</summary>
    public double Ndcg => _gain / Users;

    /// <summary>Mean recall@k, 0 to 1; NaN before the first user.</summary>
    public double Recall => _recall / Users;

    /// <summary>Share of the items that were in any list; NaN when there are no items.</summary>
    public double Coverage => (double)_listed.Count(listed => listed) / items;

    /// <summary>Adds one user's list.</summary>
    /// <param name="list">Item indices, best first.</param>
    /// <param name="liked">What the user liked among the held-out items, at least one.</param>
    /// <param name="length">k; the list may be shorter where there are not as many items.</param>
    /// <exception cref="ArgumentException">The user liked nothing: no list can be right.</exception>
    public void Add(ReadOnlySpan<int> list, IReadOnlySet<int> liked, int length)
    {
        ArgumentNullException.ThrowIfNull(liked);
        if (liked.Count == 0) throw new ArgumentException("no liked item, expected at least one", nameof(liked));
        double gain = 0, best = 0;
        int hits = 0;
        for (int rank = 0; rank < list.Length; rank++)
        {
            _listed[list[rank]] = true;
            if (!liked.Contains(list[rank])) continue;
            hits++;
            gain += Discount(rank);
        }

        for (int rank = 0; rank < Math.Min(length, liked.Count); rank++) best += Discount(rank);
        _gain += gain / best;
        _recall += (double)hits / liked.Count;
        Users++;
    }

    private static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
