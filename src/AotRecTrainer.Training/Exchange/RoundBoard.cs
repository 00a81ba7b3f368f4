using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// What of a round was asked of whom, what came, and what to ask again when. Knows neither stores nor functions nor clocks: times are
/// told, counted from the beginning of the round. For one thread at a time.
/// </summary>
internal sealed class RoundBoard
{
    private readonly GroupProgress[] _groups;
    private readonly int[] _groupOf;
    private readonly List<TimeSpan> _taken = [];
    private readonly List<TimeSpan> _takenLong = [];
    private readonly RoundPace _pace;

    /// <summary>A round of which nothing was asked yet.</summary>
    /// <param name="round">Its number.</param>
    /// <param name="groups">The workers' shards, all of them together 0, 1, 2 ...</param>
    /// <param name="attemptsMax">Most attempts at a shard.</param>
    /// <param name="pace">How long to wait for what.</param>
    public RoundBoard(int round, WorkerGroup[] groups, int attemptsMax, RoundPace pace)
    {
        _groups = [.. groups.Select((group, index) => new GroupProgress(round, index, group.Shards, attemptsMax, pace))];
        _groupOf = [.. groups.SelectMany(static (group, index) => group.Shards.Select(_ => index))];
        _pace = pace;
    }

    /// <summary>Number of shards.</summary>
    public int Shards => _groupOf.Length;

    /// <summary>
    /// Times of the workers that are done: of those that needed one attempt or, when there is none, of those that are not known to have
    /// failed, who may all just need longer than was thought.
    /// </summary>
    public IReadOnlyList<TimeSpan> Taken => _taken.Count > 0 ? _taken : _takenLong;

    /// <summary>Shards that are not in the store, as far as is known, ascending.</summary>
    public IEnumerable<int> Missing => _groups.SelectMany(static group => group.Missing);

    private TimeSpan? Late => _pace.Late(_taken, _groups.Length);

    /// <summary>Whether a shard is in the store, as far as is known.</summary>
    public bool Has(int shard) => GroupOf(shard).Has(shard);

    /// <summary>What a worker's last failure was.</summary>
    public string ProblemOf(int group) => _groups[group].Problem;

    /// <summary>Attempts to make now; they count as made.</summary>
    /// <exception cref="TrainingFailedException">A shard has failed as often as is allowed.</exception>
    public List<Attempt> TakeDue(TimeSpan now)
    {
        TimeSpan? late = Late;
        List<Attempt> due = [];
        foreach (GroupProgress group in _groups)
        {
            if (group.Take(now, late) is { } attempt) due.Add(attempt);
        }

        return due;
    }

    /// <summary>When something is due next, should nothing be heard until then; null for never.</summary>
    public TimeSpan? NextDue()
    {
        TimeSpan? late = Late;
        return _groups.Min(group => group.Due(late));
    }

    /// <summary>A shard is in the store.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="isFound">True when nobody said so: the attempt that brought it may not be over.</param>
    /// <param name="now">The time.</param>
    public void Store(int shard, bool isFound, TimeSpan now)
    {
        GroupProgress group = GroupOf(shard);
        if (!group.Store(shard, isFound, now) || !group.IsStored) return;
        if (group.IsSmooth) _taken.Add(now);
        else if (!group.HasFailed) _takenLong.Add(now);
    }

    /// <summary>The attempt of a number that asked for a shard is over; what is missing of it will not come.</summary>
    public void End(int shard, int number, string problem, TimeSpan now) => GroupOf(shard).End(shard, number, problem, now);

    /// <summary>What is in the store of a shard is no good.</summary>
    public void Reject(int shard, string problem, TimeSpan now) => GroupOf(shard).Reject(shard, problem, now);

    /// <summary>An attempt that asked for a shard says how many milliseconds it has worked.</summary>
    public void Work(int shard, double milliseconds) => GroupOf(shard).Worked = milliseconds;

    /// <summary>When the last shard was known to be in the store.</summary>
    public TimeSpan Stored => _groups.Max(static group => group.Stored);

    /// <summary>Where the time of the workers went, once all shards are in the store.</summary>
    /// <param name="notesOf">What a worker noted beside the statistics of a shard.</param>
    public WorkerTime[] Times(Func<int, WorkNotes> notesOf) => [.. _groups.Select((group, index) => group.Time(index, notesOf))];

    private GroupProgress GroupOf(int shard) => _groups[_groupOf[shard]];
}
