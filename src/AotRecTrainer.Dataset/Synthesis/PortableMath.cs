namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>What of the C library's mathematics is needed, in operations whose every bit is fixed.</summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417;
    private const int Terms = 16;

    /// <summary>e to the power of a number between -700 and 700, to about 1e-15; the same bits on every machine.</summary>
    public static double Exp(double value)
    {
        // e^value = 2^whole * e^rest with |rest| at most ln(2)/2, where the series is short.
        double whole = Math.Round(value / Ln2);
        double rest = value - (whole * Ln2);
        double sum = 1;
        for (int term = Terms; term > 0; term--)
        {
            sum = 1 + (sum * rest / term);
        }

        return Math.ScaleB(sum, (int)whole);
    }
}
