using AotRecTrainer.Model;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// Takes a round's statistics in any order and adds them up in shard order. Counts shards, not objects: a shard that comes
/// twice is counted once.
/// </summary>
internal sealed class StatisticsReducer(string run, string fingerprint, StatisticsPool pool, int shards, WorkLedger ledger)
{
    private readonly StatisticsSum _sum = new(pool.Shape, shards);
    private readonly ShardStatistics?[] _waiting = new ShardStatistics?[shards];
    private readonly bool[] _seen = new bool[shards];
    private int _round;

    public StatisticsSum Sum => _sum;

    public bool IsComplete => _sum.IsComplete;

    public int Count { get; private set; }

    public void Begin(int round)
    {
        _round = round;
        _sum.Clear();
        Array.Clear(_waiting);
        Array.Clear(_seen);
        Count = 0;
    }

    public bool Has(int shard) => _seen[shard];

    public int[] MissingOf(IEnumerable<int> wanted) => [.. wanted.Where(shard => !_seen[shard])];

    /// <summary>Adds a stored object. False when it belongs to another run or round, or is damaged: it then does not count.</summary>
    public bool TryAdd(int shard, byte[] content, string name, out string problem)
    {
        ShardStatistics statistics = pool.Rent();
        IReadOnlyDictionary<string, string> metadata;
        try
        {
            metadata = StatisticsSerializer.Read(content, statistics, name);
        }
        catch (ModelException damaged)
        {
            pool.Return(statistics);
            problem = damaged.Message;
            return false;
        }

        WorkNotes notes = WorkNotes.From(metadata);
        if (statistics.Shard != shard || !notes.Match(run, _round, fingerprint))
        {
            problem = $"{name}: statistics of run {notes.Run}, round {notes.Round}, shard {statistics.Shard}; expected {run}, {_round}, {shard}";
            pool.Return(statistics);
            return false;
        }

        problem = "";
        if (_seen[shard])
        {
            pool.Return(statistics);
            return true;
        }

        ledger.Add(notes);
        Add(statistics);
        return true;
    }

    /// <summary>Adds statistics now or, when shards before it are missing, later; then the buffer goes back to the pool.</summary>
    public void Add(ShardStatistics statistics)
    {
        _seen[statistics.Shard] = true;
        Count++;
        _waiting[statistics.Shard] = statistics;
        while (!_sum.IsComplete && _waiting[_sum.NextShard] is { } next)
        {
            _waiting[_sum.NextShard] = null;
            _sum.Add(next);
            pool.Return(next);
        }
    }
}
