namespace AotRecTrainer.Storage.S3;

/// <summary>
/// Sends a request until it is answered: again after an error that passes, with waits that grow and are random, within limits of number and
/// time. The only place that repeats requests on purpose: see <see cref="S3HttpHandler"/> for what others would do.
/// </summary>
/// <param name="store">The store's location, for messages.</param>
/// <param name="limits">How often and how long.</param>
/// <param name="time">The clock.</param>
/// <param name="random">A number from 0 to 1 for every wait.</param>
internal sealed class RetryingSender(Uri store, RetryLimits limits, TimeProvider time, Func<double> random)
{
    /// <summary>Sends a request.</summary>
    /// <param name="operation">For messages: "get", "put" and so on.</param>
    /// <param name="key">For messages.</param>
    /// <param name="bytes">Bytes that the request sends.</param>
    /// <param name="send">One attempt; returns what it can make of an answer.</param>
    /// <param name="ct">Ends everything.</param>
    /// <exception cref="StorageException">An error that does not pass, or too many that do.</exception>
    public async ValueTask<T> SendAsync<T>(string operation, string key, long bytes, Func<Attempt, ValueTask<T>> send, CancellationToken ct)
    {
        long start = time.GetTimestamp();
        bool maybeDone = false;
        for (int number = 1; ; number++)
        {
            ct.ThrowIfCancellationRequested();
            using Attempt attempt = new(limits, limits.TotalTime - time.GetElapsedTime(start), bytes, maybeDone, time, ct);
            try
            {
                return await send(attempt);
            }
            catch (Exception e) when (!IsCallers(e, ct))
            {
                Fault fault = attempt.IsTimedOut ? Fault.Unknown : Faults.Classify(e);
                maybeDone |= fault == Fault.Unknown;
                TimeSpan delay = limits.DelayMaxAfter(number) * random();
                TimeSpan passed = time.GetElapsedTime(start);
                if (fault == Fault.Lasting || number == limits.AttemptsMax || passed + delay >= limits.TotalTime)
                    throw Failure(operation, key, Describe(e, attempt), fault == Fault.Lasting && number == 1 ? "" : Tried(number, passed), e);
                await Task.Delay(delay, time, ct);
            }
        }
    }

    // The caller's own cancellation is not the store's trouble; the client's time-outs are, whatever they derive from.
    private static bool IsCallers(Exception e, CancellationToken ct) =>
        e is StorageException or ObjectDisposedException || (e is OperationCanceledException && ct.IsCancellationRequested);

    private static string Describe(Exception e, Attempt attempt) =>
        attempt.IsTimedOut ? $"no answer within {attempt.Limit.TotalSeconds:0.#} s" : Faults.Describe(e);

    private static string Tried(int attempts, TimeSpan passed) =>
        $" ({attempts} {(attempts == 1 ? "attempt" : "attempts")} in {passed.TotalSeconds:0.#} s)";

    private StorageException Failure(string operation, string key, string reason, string tried, Exception e) =>
        new(operation, key, store, reason + tried, e);
}
