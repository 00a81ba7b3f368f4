namespace AotRecTrainer.Benchmarks.Report;

/// <summary>What one contender took, in nanoseconds per rating.</summary>
/// <param name="Family"><c>gradient</c> or <c>als</c>.</param>
/// <param name="Factors">Length of a factor vector.</param>
/// <param name="Threads">Threads that shared the ratings.</param>
/// <param name="Program"><c>JIT</c> or <c>AOT</c>; the C kernel runs inside both.</param>
/// <param name="Body">Name of the kernel; <c>c256</c> and <c>c512</c> for the C kernel.</param>
/// <param name="Samples">One sample of every round, as far as it came.</param>
internal sealed record Measurement(string Family, int Factors, int Threads, string Program, string Body, List<double> Samples)
{
    public bool IsReference => Body is "c256" or "c512";

    public double Best => Samples.Min();

    public double Median => Middle(Samples);

    /// <summary>
    /// How much longer this took than <paramref name="other"/>: the median over the rounds, in each of which the two took turns within
    /// a fraction of a second, so that the machine's own changes of speed cancel.
    /// </summary>
    public double RatioTo(Measurement other) => Middle(Samples.Zip(other.Samples, (mine, others) => mine / others));

    private static double Middle(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
