using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AotRecTrainer.Kernels;
using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Benchmarks.Serving;

/// <summary>What a program under test runs on, and what it chose.</summary>
internal static class RuntimeDescription
{
    public static string Line()
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"{RuntimeInformation.FrameworkDescription}, vectors of {width} bits; "
            + $"chooses {GradientKernels.Best.Name} for gradients, {EquationKernels.Best.Name} for equations; {OpenBlas.State.Description}";
    }
}
