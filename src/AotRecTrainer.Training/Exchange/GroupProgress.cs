using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Where a round stands with one worker's shards. Attempts are counted by shard: a shard that has failed as often as is allowed ends the
/// round, however well the others fare. Times are told, counted from the beginning of the round.
/// </summary>
/// <param name="round">Number of the round.</param>
/// <param name="index">Index of the worker.</param>
/// <param name="shards">Its shards.</param>
/// <param name="attemptsMax">Most attempts at a shard.</param>
/// <param name="pace">How long to wait for what.</param>
internal sealed class GroupProgress(int round, int index, int[] shards, int attemptsMax, RoundPace pace)
{
    private readonly SortedSet<int> _missing = [.. shards];
    private readonly HashSet<int> _found = [];
    private readonly Dictionary<int, int> _tries = shards.ToDictionary(static shard => shard, static _ => 0);
    private readonly List<OpenAttempt> _open = [];
    private TimeSpan _retryAt;
    private int _attempts;

    /// <summary>When its first attempt was made.</summary>
    public TimeSpan Asked { get; private set; }

    /// <summary>When the last of its shards was known to be in the store.</summary>
    public TimeSpan Stored { get; private set; }

    /// <summary>Milliseconds that its last attempt to answer has worked; null when none has said so.</summary>
    public double? Worked { get; set; }

    /// <summary>True while one attempt was enough.</summary>
    public bool IsSmooth => _attempts <= 1;

    /// <summary>True when something is known to have gone wrong; not when it only took long.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What the last failure was.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>True when all of its shards are in the store.</summary>
    public bool IsStored => _missing.Count == 0;

    /// <summary>Its shards that are not in the store, ascending.</summary>
    public IReadOnlyCollection<int> Missing => _missing;

    /// <summary>Whether a shard is in the store.</summary>
    public bool Has(int shard) => !_missing.Contains(shard);

    /// <summary>A shard is in the store; true when it is news.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="isFound">True when nobody said so: the attempt that brought it may not be over.</param>
    /// <param name="now">The time.</param>
    public bool Store(int shard, bool isFound, TimeSpan now)
    {
        if (!_missing.Remove(shard)) return false;
        Stored = now;
        if (isFound) _found.Add(shard);
        return true;
    }

    /// <summary>The attempt of a number that asked for a shard is over; what is missing of it will not come.</summary>
    public void End(int shard, int number, string problem, TimeSpan now)
    {
        if (_open.Find(attempt => attempt.Is(shard, number)) is not { } ended) return;
        HasFailed |= _missing.Any(ended.MayBring);
        End(ended, problem, now);
    }

    /// <summary>What is in the store of a shard is no good.</summary>
    public void Reject(int shard, string problem, TimeSpan now)
    {
        _missing.Add(shard);
        HasFailed = true;

        // Nobody knows whose it is; the oldest attempt that could have brought it has most likely done so.
        if (_found.Remove(shard)) _open.Find(attempt => attempt.MayBring(shard))?.Disappoint(shard);
        Disappoint(problem, now);
    }

    /// <summary>The attempt that is to be made now; null when none is.</summary>
    /// <param name="now">The time.</param>
    /// <param name="late">How long an attempt may take until a second one is made beside it; null while nobody knows.</param>
    /// <exception cref="TrainingFailedException">A shard has failed as often as is allowed.</exception>
    public Attempt? Take(TimeSpan now, TimeSpan? late)
    {
        if (IsStored) return null;
        foreach (OpenAttempt silent in _open.Where(attempt => attempt.GivenUpAt <= now).ToArray()) End(silent, silent.Silence, now);
        int[] wanted = [.. _missing.Where(IsHopeless)];
        if (wanted.Length == 0) return DoubleAt(late) <= now ? Start(now, [.. _missing.Where(MayTry)], isDouble: true) : null;
        if (!wanted.All(MayTry)) throw Exhausted(wanted.Where(shard => !MayTry(shard)));
        return _retryAt <= now ? Start(now, wanted, isDouble: false) : null;
    }

    /// <summary>When <see cref="Take"/> may have something to give, should nothing be heard until then; null for never.</summary>
    public TimeSpan? Due(TimeSpan? late)
    {
        if (IsStored) return null;
        if (_missing.Any(IsHopeless)) return _retryAt;
        TimeSpan givenUp = _open.Min(attempt => attempt.GivenUpAt);
        return DoubleAt(late) is { } due && due < givenUp ? due : givenUp;
    }

    /// <summary>Where its time went, once it is stored. What a worker notes beside a shard tells of all that it has done until then.</summary>
    /// <param name="worker">Index of the worker.</param>
    /// <param name="notesOf">What was noted beside a shard.</param>
    public WorkerTime Time(int worker, Func<int, WorkNotes> notesOf)
    {
        WorkNotes[] notes = [.. shards.Select(notesOf)];
        double whole = (Stored - Asked).TotalMilliseconds;
        double load = notes.Max(static note => note.Loaded);
        double compute = notes.Max(static note => note.Computed);
        double worked = Math.Min(whole, Worked ?? notes.Sum(static note => note.Milliseconds));
        return new WorkerTime(worker, whole, load, compute, Math.Max(0, worked - load - compute), notes.Any(static note => note.ColdStart));
    }

    private TrainingFailedException Exhausted(IEnumerable<int> shards) =>
        new($"round {round}: shards {string.Join(',', shards)} failed {attemptsMax} times; last: {Problem}");

    private bool IsHopeless(int shard) => !_open.Exists(attempt => attempt.MayBring(shard));

    private bool MayTry(int shard) => _tries[shard] < attemptsMax;

    private TimeSpan? DoubleAt(TimeSpan? late) => _open is [{ WasDoubled: false } only] && _missing.Any(MayTry) ? only.Started + late : null;

    private Attempt Start(TimeSpan now, int[] wanted, bool isDouble)
    {
        int number = 1 + wanted.Max(shard => _tries[shard]);
        foreach (int shard in wanted) _tries[shard] = number;
        if (isDouble) _open[0].WasDoubled = true;
        Attempt attempt = new(index, number, wanted, pace.Patience(number), isDouble);
        _open.Add(new OpenAttempt(attempt, now));
        if (_attempts++ == 0) Asked = now;
        return attempt;
    }

    private void End(OpenAttempt ended, string problem, TimeSpan now)
    {
        _open.Remove(ended);
        if (_missing.Any(ended.MayBring)) Disappoint(problem, now);
    }

    private void Disappoint(string problem, TimeSpan now)
    {
        Problem = problem;
        int[] hopeless = [.. _missing.Where(IsHopeless)];

        // Failures that come together are made up for together.
        if (hopeless.Length > 0 && _retryAt <= now) _retryAt = now + pace.BackOff(hopeless.Max(shard => _tries[shard]));
    }
}
