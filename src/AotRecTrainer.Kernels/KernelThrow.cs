namespace AotRecTrainer.Kernels;

/// <summary>Argument checks whose messages say what was found and what was expected.</summary>
internal static class KernelThrow
{
    public static void IfLengthDiffers(int found, long expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException($"{found} values, expected {expected}", parameter);
        }
    }

    public static void IfShapeOutOfRange(int items, int factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        IfFactorsOutOfRange(factors);
    }

    public static void IfFactorsOutOfRange(int factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factors, GradientWorkspace.MaxFactors);
    }
}
