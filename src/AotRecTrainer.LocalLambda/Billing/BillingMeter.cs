namespace AotRecTrainer.LocalLambda.Billing;

/// <summary>Adds up what is billed, per function. Thread-safe.</summary>
internal sealed class BillingMeter
{
    private const double MegabyteMillisecondsPerGigabyteSecond = 1024 * 1000;

    private readonly Lock _gate = new();
    // Whole numbers, so that the order of the invocations does not show in the sum.
    private readonly Dictionary<string, (long Requests, long Milliseconds, long MegabyteMilliseconds)> _sums = new(StringComparer.Ordinal);

    public void Add(InvocationReport report)
    {
        lock (_gate)
        {
            (long requests, long milliseconds, long megabyteMilliseconds) = _sums.GetValueOrDefault(report.Function);
            _sums[report.Function] = (
                requests + 1,
                milliseconds + report.BilledMilliseconds,
                megabyteMilliseconds + (report.BilledMilliseconds * report.MemoryMegabytes));
        }
    }

    /// <summary>The bills so far, by function; functions that were never invoked have none.</summary>
    public IReadOnlyDictionary<string, Bill> Read()
    {
        lock (_gate)
        {
            return _sums.ToDictionary(
                sum => sum.Key,
                sum => new Bill(sum.Value.Requests, sum.Value.Milliseconds, sum.Value.MegabyteMilliseconds / MegabyteMillisecondsPerGigabyteSecond),
                StringComparer.Ordinal);
        }
    }
}
