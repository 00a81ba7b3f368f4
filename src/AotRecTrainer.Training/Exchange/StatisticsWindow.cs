using AotRecTrainer.Training.Coordinator;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// Reads statistics a few shards ahead of the one that is added next, so that most of the work of a round is done while its last workers
/// still compute; whatever lies further ahead stays in the store until its turn comes.
/// </summary>
internal sealed class StatisticsWindow(RoundContext context, CurrentRound round, RoundCalls calls, StatisticsReducer reducer, ContentPool contents)
{
    private readonly HashSet<int> _reading = [];
    private readonly Dictionary<int, ShardReading> _read = [];

    /// <summary>Adds what is next and read, and starts to read what is now within reach.</summary>
    public void Move()
    {
        while (!reducer.IsComplete && _read.Remove(reducer.Next, out ShardReading next)) reducer.Add(next);
        int end = Math.Min(reducer.Next + reducer.Window, round.Board.Shards);
        for (int shard = reducer.Next; shard < end; shard++)
        {
            if (!round.Board.Has(shard) || _read.ContainsKey(shard) || !_reading.Add(shard)) continue;
            int wanted = shard;
            calls.Start(token => ReadAsync(wanted, token));
        }
    }

    private async Task ReadAsync(int shard, CancellationToken cancellationToken)
    {
        string key = round.Keys.Statistics(shard);
        MemoryStream content = contents.Rent();
        bool isThere = await context.Store.CopyToAsync(key, content, cancellationToken);
        content.Position = 0;
        string problem = $"{key} is not in the store";
        ShardReading reading = default;
        bool isRead = isThere && reducer.TryRead(shard, content, key, out reading, out problem);
        contents.Return(content);
        if (isRead)
        {
            round.Reports.Tell(() =>
            {
                _reading.Remove(shard);
                _read.Add(shard, reading);
            });
            return;
        }

        // Else the next look would find it again.
        if (isThere) await context.Store.DeleteAsync(key, cancellationToken);
        round.Reports.Tell(() =>
        {
            _reading.Remove(shard);
            round.Board.Reject(shard, problem, round.Now());
        });
    }
}
