using System.Runtime.Intrinsics;
using AotRecTrainer.Kernels;

namespace AotRecTrainer.Function;

/// <summary>One line that says what the numbers of this process are computed with.</summary>
internal static class KernelReport
{
    public static string Describe(IGradientKernel kernel)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"kernel {kernel.Name}, vectors of {width} bits, available: {string.Join(", ", GradientKernels.Available.Select(k => k.Name))}";
    }
}
