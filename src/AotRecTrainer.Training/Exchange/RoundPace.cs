namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// How long the rounds of a run take, as far as it has seen them, and what follows of it: when an answer is late, when it is not waited
/// for any more, how long to pause after a failure.
/// </summary>
/// <param name="random">Numbers in [0, 1), by which workers that failed together do not come back together.</param>
internal sealed class RoundPace(Func<double> random)
{
    private const int Remembered = 5;
    private const double Straggling = 3;
    private const double Hopeless = 10;
    private const double Overslept = 0.75;

    // Below these a late answer is chance, and a second one would come later still; the first round starts processes and decodes shards.
    private static readonly TimeSpan LateMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateMinCold = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceCold = TimeSpan.FromSeconds(60);

    // The longest that a function may run.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(900);
    private static readonly TimeSpan BackOffFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(5);

    private readonly Queue<TimeSpan> _rounds = new();
    private TimeSpan? _worker;

    /// <summary>
    /// The time that a round without trouble takes, the median of the last five; never so long that a worker would count as late before.
    /// Null before the first.
    /// </summary>
    public TimeSpan? Round => _rounds.Count > 0 && Late([], workers: 1) is { } late ? Min(Median(_rounds), late) : null;

    /// <summary>Learns from a round that is over.</summary>
    /// <param name="taken">The times of those of its workers that had no trouble.</param>
    /// <param name="wasLate">True when all was there at the first look, nobody knows for how long.</param>
    public void Record(IReadOnlyList<TimeSpan> taken, bool wasLate)
    {
        if (taken.Count == 0) return;
        _worker = Median(taken);
        if (_rounds.Count == Remembered) _rounds.Dequeue();
        _rounds.Enqueue(taken.Max() * (wasLate ? Overslept : 1));
    }

    /// <summary>
    /// How long an attempt may take until another one is made beside it: three times the median of the round's workers, once half of them
    /// are done, and till then of the round before; null when there is neither.
    /// </summary>
    /// <param name="taken">Times of those workers of the round that are done after one attempt.</param>
    /// <param name="workers">All workers of the round.</param>
    public TimeSpan? Late(IReadOnlyList<TimeSpan> taken, int workers)
    {
        TimeSpan? median = taken.Count > 0 && taken.Count * 2 >= workers ? Median(taken) : _worker;
        return median is { } known ? Max(known * Straggling, _worker is null ? LateMinCold : LateMin) : null;
    }

    /// <summary>How long an attempt of a number may take until it counts as failed.</summary>
    public TimeSpan Patience(int number)
    {
        TimeSpan first = _worker is { } known ? Max(known * Hopeless, PatienceMin) : PatienceCold;
        return Min(first * Math.Pow(2, Math.Min(number, 20) - 1), PatienceMax);
    }

    /// <summary>The pause after so many attempts at a shard: anything up to a bound that doubles.</summary>
    public TimeSpan BackOff(int attempts) => Min(BackOffFirst * Math.Pow(2, Math.Min(attempts, 20) - 1), BackOffMax) * random();

    private static TimeSpan Median(IReadOnlyCollection<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
