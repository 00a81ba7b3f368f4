namespace AotRecTrainer.Cli.Sweep;

/// <summary>How much the CPU shares of functions must shrink for a machine.</summary>
internal static class SweepScale
{
    private const double MegabytesPerCpu = 1769;

    // For the stand-in itself and the store.
    private const double ShareOfMachine = 0.95;

    /// <summary>
    /// The scale, at most 1 and in whole percents, with which the workers of every configuration fit the processors at once; the coordinator
    /// rests while they work.
    /// </summary>
    public static double Fitting(IEnumerable<SweepCell> cells, int processors)
    {
        double most = cells.Select(cell => Math.Max(cell.Workers, 1) * (cell.Memory / MegabytesPerCpu)).DefaultIfEmpty(1).Max();
        return Math.Clamp(Math.Floor(100 * ShareOfMachine * processors / most) / 100, 0.01, 1);
    }
}
