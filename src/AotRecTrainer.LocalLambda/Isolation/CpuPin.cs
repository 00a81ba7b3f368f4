namespace AotRecTrainer.LocalLambda.Isolation;

/// <summary>Which processors the environments of a server run on when one of them is chosen.</summary>
internal static class CpuPin
{
    private const int CpusMax = 64; // bits of a mask

    /// <summary>The processors of a function, a bit each.</summary>
    /// <param name="cpu">The chosen one, 0 to 63.</param>
    /// <param name="shares">True for a function that runs on it, false for one that keeps off it where there is another.</param>
    /// <param name="processors">How many there are, at least 1; those after the 64th are left out.</param>
    public static ulong Mask(int cpu, bool shares, int processors)
    {
        ulong chosen = 1UL << cpu;
        ulong others = (ulong.MaxValue >> (CpusMax - Math.Min(processors, CpusMax))) & ~chosen;
        return shares || others == 0 ? chosen : others;
    }

    /// <summary>The choice in words, to be added to a line; empty when there is none.</summary>
    public static string Describe(LocalLambdaOptions options)
    {
        if (options.PinToCpu is not { } cpu) return "";
        string[] others = [.. options.Functions.Where(function => !function.SharesPinnedCpu).Select(function => function.Name)];
        return $"; all on CPU {cpu}{(others.Length == 0 ? "" : $" but {string.Join(", ", others)}")}";
    }
}
