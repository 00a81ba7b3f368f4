using AotRecTrainer.Model;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>
/// Adds a round's statistics up, shard after shard in their order. Beside the sum there are at most <see cref="Window"/> shards at a time,
/// however many the data set has.
/// </summary>
/// <param name="run">Name of the run.</param>
/// <param name="fingerprint">The run's settings.</param>
/// <param name="pool">Buffers of the round's shape.</param>
/// <param name="shards">Number of shards.</param>
/// <param name="ledger">Where what the workers noted is added up.</param>
internal sealed class StatisticsReducer(string run, string fingerprint, StatisticsPool pool, int shards, WorkLedger ledger)
{
    private readonly WorkNotes?[] _notes = new WorkNotes?[shards];
    private int _round;

    /// <summary>The sum so far.</summary>
    public StatisticsSum Sum { get; } = new(pool.Shape, shards);

    /// <summary>The shard to add next.</summary>
    public int Next => Sum.NextShard;

    /// <summary>True when every shard was added.</summary>
    public bool IsComplete => Sum.IsComplete;

    /// <summary>How many shards, from the next one on, may be read ahead of their turn.</summary>
    public int Window { get; } = StatisticsPool.WindowOf(pool.Shape);

    /// <summary>Milliseconds that the slowest worker of the round computed, as far as its shards were added.</summary>
    public double SlowestWorker { get; private set; }

    /// <summary>What a worker noted beside the statistics of a shard that was added in this round.</summary>
    public WorkNotes NotesOf(int shard) => _notes[shard] ?? throw new InvalidOperationException($"shard {shard} has no notes");

    /// <summary>Begins a round.</summary>
    public void Begin(int round)
    {
        _round = round;
        SlowestWorker = 0;
        Sum.Clear();
    }

    /// <summary>Reads a stored object from its beginning. False when it belongs to something else or is damaged: it then does not count. Any thread may.</summary>
    public bool TryRead(int shard, Stream content, string name, out ShardReading reading, out string problem)
    {
        ShardStatistics statistics = pool.Rent();
        reading = default;
        try
        {
            WorkNotes notes = WorkNotes.From(StatisticsSerializer.Read(content, statistics, name));
            bool isRight = statistics.Shard == shard && notes.Match(run, _round, fingerprint);
            problem = isRight ? ""
                : $"{name}: statistics of run {notes.Run}, round {notes.Round}, shard {statistics.Shard}; expected {run}, {_round}, {shard}";
            if (isRight) reading = new ShardReading(statistics, notes);
        }
        catch (ModelException damaged)
        {
            problem = damaged.Message;
        }

        if (problem.Length == 0) return true;
        pool.Return(statistics);
        return false;
    }

    /// <summary>Adds the next shard, with what its worker noted; the buffer goes back to the pool.</summary>
    public void Add(ShardReading next)
    {
        _notes[next.Statistics.Shard] = next.Notes;
        Add(next.Statistics);
        ledger.Add(next.Notes);
        SlowestWorker = Math.Max(SlowestWorker, next.Notes.Computed);
    }

    /// <summary>Adds the next shard; the buffer goes back to the pool.</summary>
    public void Add(ShardStatistics next)
    {
        try
        {
            Sum.Add(next);
        }
        finally
        {
            pool.Return(next);
        }
    }
}
