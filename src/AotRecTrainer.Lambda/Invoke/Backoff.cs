namespace AotRecTrainer.Lambda.Invoke;

/// <summary>How long to wait before a call is tried again.</summary>
internal static class Backoff
{
    /// <summary>
    /// Doubles with each attempt up to the longest wait. Half of it is random, so that workers throttled together do not come back
    /// together. A wait that the service asked for is kept, up to the longest.
    /// </summary>
    /// <param name="attempt">The attempt that failed; 1 is the first.</param>
    /// <param name="first">The full wait after the first attempt.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="asked">What the service asked for; null when it did not.</param>
    /// <param name="random">A number from 0 to below 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan longest, TimeSpan? asked, double random)
    {
        double full = Math.Min(first.TotalMilliseconds * Math.Pow(2, attempt - 1), longest.TotalMilliseconds);
        double own = full * (0.5 + (0.5 * random));
        double least = Math.Min((asked ?? TimeSpan.Zero).TotalMilliseconds, longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Max(own, least));
    }
}
