using AotRecTrainer.Model.Algorithms;
using AotRecTrainer.Model.Serialization;
using AotRecTrainer.Training.Coordinator;
using AotRecTrainer.Training.Messages;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// The task manager's round, whatever way workers are asked: stores the task, hands out shards, adds up statistics in shard order as
/// they come, asks again for those that fail or stay away, doubles the slow, and takes the first answer of several.
/// </summary>
internal sealed class RoundExchange(RoundContext context) : IRoundExchange
{
    private readonly RoundPace _pace = new(context.Host.Random);
    private readonly RoundCleaner _cleaner = new(context);
    private readonly ContentPool _contents = new();

    public async Task<RoundTimes> RunAsync(int round, RoundTask task, StatisticsReducer reducer, CancellationToken cancellationToken)
    {
        RoundKeys keys = context.KeysOf(round);
        long begun = context.Host.Time.GetTimestamp();
        await StoreAsync(task, keys.Parameters, cancellationToken);
        long started = context.Host.Time.GetTimestamp();
        RoundBoard board = new(round, context.Groups, context.Plan.MaxAttempts, _pace);
        using RoundReports reports = new(context.Host.Time);
        CurrentRound current = new(keys, board, reports, () => context.Host.Time.GetElapsedTime(started));
        await using RoundCalls calls = new(reports, cancellationToken);
        IWorkerLine line = MakeLine(current);
        StatisticsWindow window = new(context, current, calls, reducer, _contents);
        while (true)
        {
            foreach (Attempt due in board.TakeDue(current.Now())) Ask(due, current, line, calls);
            Look(current, line, calls);
            window.Move();
            if (reducer.IsComplete) break;
            await reports.WaitAsync(Earlier(board.NextDue(), line.NextLook) - current.Now(), cancellationToken);
            reports.CarryOut();
        }

        _pace.Record(board.Taken, line.Looks == 1);
        WorkerTime[] workers = board.Times(reducer.NotesOf);
        double reduce = current.Now().TotalMilliseconds - board.Stored.TotalMilliseconds;
        return new RoundTimes(context.Host.Time.GetElapsedTime(begun, started).TotalMilliseconds, workers, reduce);
    }

    public Task CleanUpAsync(int round, CancellationToken cancellationToken) => _cleaner.CleanUpAsync(round);

    public ValueTask DisposeAsync() => _cleaner.DisposeAsync();

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private static void Look(CurrentRound current, IWorkerLine line, RoundCalls calls)
    {
        if (line.NextLook <= current.Now()) calls.Start(token => line.LookAsync([.. current.Board.Missing], token));
    }

    private async Task StoreAsync(RoundTask task, string key, CancellationToken cancellationToken)
    {
        MemoryStream content = _contents.Rent();
        RoundTaskSerializer.Write(content, task);
        await context.Store.PutAsync(key, ContentPool.Written(content), cancellationToken);
        _contents.Return(content);
    }

    private IWorkerLine MakeLine(CurrentRound current) => context.Plan.Exchange == ExchangeKind.Poll
        ? new PollLine(context, current, _pace.Round)
        : new AwaitLine(context, current);

    private void Ask(Attempt due, CurrentRound current, IWorkerLine line, RoundCalls calls)
    {
        bool isRetry = due.Number > 1;
        context.Ledger.AddInvocation(isRetry, due.IsDouble);
        if (isRetry)
        {
            string why = due.IsDouble ? "late, so another worker has a go at them" : current.Board.ProblemOf(due.Group);
            context.Host.Log($"round {current.Keys.Round}: shards {string.Join(',', due.Shards)} again, attempt {due.Number}: {why}");
        }

        calls.Start(token => line.AskAsync(due, token));
    }
}
