using AotRecTrainer.Training.Exchange;
using AotRecTrainer.Training.Messages;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>Adds up where the rounds of an epoch spent their time.</summary>
internal sealed class EpochTimes
{
    /// <summary>Workers that a line of the metrics has: of more than these, the slowest.</summary>
    public const int WorkersMax = 32;

    private static readonly EpochParts Nothing = new(0, 0, 0, 0, 0, 0, 0);
    private readonly SortedDictionary<int, WorkerTime> _workers = [];
    private EpochParts _parts = Nothing;

    /// <summary>A round's sum is complete.</summary>
    public void Add(RoundTimes round)
    {
        EpochParts parts = round.Parts();
        _parts = new EpochParts(
            _parts.Send + parts.Send, _parts.Wait + parts.Wait, _parts.Load + parts.Load, _parts.Compute + parts.Compute,
            _parts.Write + parts.Write, _parts.Reduce + parts.Reduce, _parts.Step);
        foreach (WorkerTime worker in round.Workers)
            _workers[worker.Worker] = _workers.TryGetValue(worker.Worker, out WorkerTime? before) ? before + worker : worker;
    }

    /// <summary>The coordinator has made something of a sum.</summary>
    public void AddStep(TimeSpan taken) => _parts = _parts with { Step = _parts.Step + taken.TotalMilliseconds };

    /// <summary>The sums, with whole microseconds; the next epoch begins with nothing.</summary>
    public (EpochParts Parts, WorkerTime[] Workers) Take()
    {
        EpochParts parts = new(
            Rounded(_parts.Send), Rounded(_parts.Wait), Rounded(_parts.Load), Rounded(_parts.Compute), Rounded(_parts.Write),
            Rounded(_parts.Reduce), Rounded(_parts.Step));
        WorkerTime[] workers =
        [
            .. _workers.Values.OrderByDescending(static worker => worker.Milliseconds).Take(WorkersMax).OrderBy(static worker => worker.Worker)
                .Select(static worker => new WorkerTime(
                    worker.Worker, Rounded(worker.Milliseconds), Rounded(worker.Load), Rounded(worker.Compute), Rounded(worker.Write), worker.ColdStart)),
        ];
        _parts = Nothing;
        _workers.Clear();
        return (parts, workers);
    }

    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 3);
}
