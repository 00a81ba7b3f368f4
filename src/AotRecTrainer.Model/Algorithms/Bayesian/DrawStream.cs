namespace AotRecTrainer.Model.Algorithms.Bayesian;

/// <summary>Numbers of the random streams of a round; a draw is keyed by (seed, stream, row) and by nothing else.</summary>
internal static class DrawStream
{
    private const ulong StreamsPerRound = 8;

    public static ulong Users(int round) => Of(round, 0);

    public static ulong Items(int round) => Of(round, 1);

    public static ulong UserPrior(int round) => Of(round, 2);

    public static ulong ItemPrior(int round) => Of(round, 3);

    public static ulong NoisePrecision(int round) => Of(round, 4);

    // Apart from the first streams, which starting values are drawn from.
    private static ulong Of(int round, ulong which) => (((ulong)round + 1) * StreamsPerRound) + which;
}
