using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Exchange;

/// <summary>
/// The paper's Algorithm 1 without its faults: asynchronous invocations, then listing the store until everything is there. A round in so
/// much trouble that its listings are used up asks for what is missing object by object, which costs a twelfth each.
/// </summary>
internal sealed class PollLine(RoundContext context, CurrentRound round, TimeSpan? expected) : IWorkerLine
{
    /// <summary>Most LIST requests of a round.</summary>
    public const int ListsMax = 20;

    // What a look without a listing asks for at most; there is another one after it.
    private const int LengthsMax = 50;

    private readonly LookSchedule _schedule = new(expected);
    private readonly HashSet<string> _failures = new(StringComparer.Ordinal);
    private long _lists;
    private long _pages = 1;
    private bool _isLooking;

    public TimeSpan? NextLook => _isLooking ? null : _schedule.Next;

    public int Looks { get; private set; }

    public async Task AskAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        _schedule.Restart(round.Now());
        try
        {
            await context.Invoker.InvokeEventAsync(
                context.Function, context.Payload(round.Keys, attempt, reportFailure: true), cancellationToken);
        }
        catch (InvokeException refused)
        {
            if (refused.IsPermanent) throw new TrainingFailedException(refused.Message, refused);
            round.TellEnded(attempt.Shards[0], attempt.Number, [], refused.Message);
        }
    }

    public async Task LookAsync(int[] missing, CancellationToken cancellationToken)
    {
        _isLooking = true;
        Looks++;
        int[] found = _lists + _pages <= ListsMax ? await ListAsync(cancellationToken) : await FindAsync(missing, cancellationToken);
        if (found.Length > 0) round.TellFound(found);
        round.Reports.Tell(() =>
        {
            _isLooking = false;
            _schedule.Advance(round.Now());
        });
    }

    private async Task<int[]> ListAsync(CancellationToken cancellationToken)
    {
        long before = context.Store.Requests.List;
        List<int> found = [];
        List<string> failures = [];
        await foreach (string key in context.Store.ListAsync(round.Keys.StatisticsPrefix, cancellationToken))
        {
            if (round.Keys.ShardOf(key) is >= 0 and int shard) found.Add(shard);
            else if (_failures.Add(key)) failures.Add(key);
        }

        // A thousand keys are one request.
        _pages = context.Store.Requests.List - before;
        _lists += _pages;
        foreach (string key in failures) await TakeFailureAsync(key, cancellationToken);
        return [.. found];
    }

    private async Task TakeFailureAsync(string key, CancellationToken cancellationToken)
    {
        if (round.Keys.FailureOf(key) is not (int shard, int number) || await context.Store.GetAsync(key, cancellationToken) is not { } content) return;
        FunctionFailure failure = FunctionFailure.Parse(content, FunctionFailure.OtherType);
        if (failure.ToPermanent() is { } permanent) throw permanent;
        round.TellEnded(shard, number, [], failure.ToString());
    }

    private async Task<int[]> FindAsync(int[] missing, CancellationToken cancellationToken)
    {
        int[] asked = missing.Length <= LengthsMax ? missing : missing[..LengthsMax];
        long?[] lengths = await Task.WhenAll(
            asked.Select(shard => context.Store.GetLengthAsync(round.Keys.Statistics(shard), cancellationToken).AsTask()));
        return [.. asked.Where((_, index) => lengths[index] is not null)];
    }
}
