using System.Runtime.InteropServices;

namespace AotRecTrainer.Training.Results;

/// <summary>What functions of one architecture cost, in US dollars.</summary>
/// <param name="GbSecond">One GB of memory for a second, of the first tier: the next begins at billions a month.</param>
/// <param name="Invocation">One invocation.</param>
/// <param name="StorageGbSecond">One GB of <c>/tmp</c> for a second, beyond the 512 MB that cost nothing.</param>
public sealed record LambdaPrices(double GbSecond, double Invocation, double StorageGbSecond)
{
    /// <summary>The prices of functions on a processor.</summary>
    public static LambdaPrices Of(Architecture architecture) =>
        architecture == Architecture.Arm64 ? PriceTable.Arm64 : PriceTable.X86;

    /// <summary>The price of what functions used.</summary>
    /// <param name="gbSeconds">Memory times billed time.</param>
    /// <param name="invocations">Invocations.</param>
    /// <param name="storageGbSeconds">Size of <c>/tmp</c> beyond 512 MB times billed time.</param>
    public double Of(double gbSeconds, long invocations, double storageGbSeconds = 0) =>
        (gbSeconds * GbSecond) + (invocations * Invocation) + (storageGbSeconds * StorageGbSecond);
}
