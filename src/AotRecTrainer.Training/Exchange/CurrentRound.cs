namespace AotRecTrainer.Training.Exchange;

/// <summary>A round under way, as those see it who ask and read beside its loop.</summary>
/// <param name="Keys">Where its objects are.</param>
/// <param name="Board">What is missing; for the loop only.</param>
/// <param name="Reports">The way to the loop.</param>
/// <param name="Now">Time since the round began.</param>
internal sealed record CurrentRound(RoundKeys Keys, RoundBoard Board, RoundReports Reports, Func<TimeSpan> Now)
{
    /// <summary>Tells that shards were found in the store.</summary>
    public void TellFound(IReadOnlyCollection<int> shards) => Reports.Tell(() => Store(shards, isFound: true));

    /// <summary>Tells that an attempt is over.</summary>
    /// <param name="shard">A shard that it asked for.</param>
    /// <param name="number">Number of the attempt.</param>
    /// <param name="stored">Shards that it has stored.</param>
    /// <param name="problem">Why it has not stored the others.</param>
    /// <param name="worked">Milliseconds that it says it has worked; null when it says nothing.</param>
    public void TellEnded(int shard, int number, IReadOnlyCollection<int> stored, string problem, double? worked = null) => Reports.Tell(() =>
    {
        if (worked is { } milliseconds) Board.Work(shard, milliseconds);
        Store(stored, isFound: false);
        Board.End(shard, number, problem, Now());
    });

    private void Store(IReadOnlyCollection<int> shards, bool isFound)
    {
        foreach (int shard in shards) Board.Store(shard, isFound, Now());
    }
}
