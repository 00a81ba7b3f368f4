namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>How much processor time an environment gets: so many microseconds in each period, summed over all processors.</summary>
/// <param name="QuotaMicroseconds">Processor time in a period; the kernel takes 1,000 at least.</param>
/// <param name="PeriodMicroseconds">Length of a period; the kernel takes 1 second at most.</param>
internal readonly record struct CpuQuota(long QuotaMicroseconds, long PeriodMicroseconds)
{
    private const double MegabytesPerCpu = 1769;
    private const double UsualPeriod = 20_000; // the service's own
    private const double QuotaMin = 1_000;
    private const double PeriodMax = 1_000_000;

    /// <summary>Processors that a memory size is worth: 1,769 MB are one.</summary>
    public static double Share(int memoryMegabytes) => memoryMegabytes / MegabytesPerCpu;

    /// <summary>The quota of a memory size.</summary>
    /// <param name="memoryMegabytes">The function's memory size.</param>
    /// <param name="scale">What the share is multiplied by.</param>
    public static CpuQuota For(int memoryMegabytes, double scale)
    {
        double share = Share(memoryMegabytes) * scale;
        // A small share needs a longer period for the least quota that there is.
        double period = Math.Clamp(QuotaMin / share, UsualPeriod, PeriodMax);
        return new((long)Math.Max(Math.Round(share * period), QuotaMin), (long)period);
    }
}
