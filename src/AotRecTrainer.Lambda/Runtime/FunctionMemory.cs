using System.Globalization;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>The memory that the function was given, and the share of it that the managed heap may take.</summary>
/// <remarks>
/// The runtime takes the machine's memory for its own, since the platform shows no limit, and would be killed before it thought
/// of collecting. So the heap is capped: an allocation beyond it collects first and then fails as an
/// <see cref="OutOfMemoryException"/>, which fails the event and says why. The cap cannot come from the build, which does not know the
/// function's size, nor from <c>DOTNET_GCHeapHardLimit</c>, which the runtime reads before any code of ours; it is set as the first
/// thing in the process, when the heap is still empty.
/// </remarks>
public static class FunctionMemory
{
    /// <summary>The variable that says how many megabytes the function has.</summary>
    public const string Variable = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    // The program itself, stacks and OpenBLAS take 25 MB; gradients in progress and column buffers grow with the data.
    private const long NativeBytesMin = 48L * 1024 * 1024;
    private const int NativeShare = 4;

    /// <summary>The function's memory in megabytes; null when the platform does not say.</summary>
    /// <param name="variable">Gives a variable's value, null when it is not set.</param>
    public static int? Megabytes(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return int.TryParse(variable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0 ? size : null;
    }

    /// <summary>How many bytes of the function's memory are for the managed heap: three quarters, less for small functions.</summary>
    /// <param name="megabytes">The function's memory, at least 64.</param>
    public static long HeapBytes(int megabytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(megabytes, 64);
        long all = megabytes * 1024L * 1024L;
        return all - Math.Max(NativeBytesMin, all / NativeShare);
    }

    /// <summary>Caps the managed heap of this process.</summary>
    /// <param name="bytes">The most it may take.</param>
    /// <exception cref="InvalidOperationException">The heap already holds more.</exception>
    public static void CapHeap(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        AppContext.SetData("GCHeapHardLimit", (ulong)bytes);
        GC.RefreshMemoryLimit();
    }
}
