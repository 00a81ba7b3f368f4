namespace AotRecTrainer.LocalLambda.Billing;

/// <summary>What AWS would count for a function. The ephemeral storage that comes with every function is free.</summary>
/// <param name="Requests">Invocations, retries and duplicates of events among them; refused ones are not counted.</param>
/// <param name="BilledMilliseconds">Sum of the billed durations, each rounded up by itself; initialization is in them.</param>
/// <param name="GigabyteSeconds">Billed time times memory size, 1,024 MB being a gigabyte.</param>
public readonly record struct Bill(long Requests, long BilledMilliseconds, double GigabyteSeconds)
{
    /// <summary>Both together.</summary>
    public static Bill operator +(Bill a, Bill b) =>
        new(a.Requests + b.Requests, a.BilledMilliseconds + b.BilledMilliseconds, a.GigabyteSeconds + b.GigabyteSeconds);
}
