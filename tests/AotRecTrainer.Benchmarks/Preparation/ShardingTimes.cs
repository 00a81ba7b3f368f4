namespace AotRecTrainer.Benchmarks.Preparation;

/// <summary>Seconds of both sides, round by round.</summary>
/// <param name="Threads">How many threads, on as many cores.</param>
/// <param name="Ours">Whole processes of <c>data-prep shard</c>.</param>
/// <param name="Theirs">DuckDB's work alone, inside its process.</param>
internal sealed record ShardingTimes(int Threads, List<double> Ours, List<double> Theirs)
{
    /// <summary>The median over the rounds of our time as a share of DuckDB's: in a round the two took turns, so that the machine's own
    /// changes of speed cancel.</summary>
    public double Ratio => Middle(Ours.Zip(Theirs, (ours, theirs) => ours / theirs));

    public static double Middle(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
