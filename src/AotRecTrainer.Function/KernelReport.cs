using System.Runtime.Intrinsics;
using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms;

namespace AotRecTrainer.Function;

/// <summary>One line that says what the numbers of this process are computed with.</summary>
internal static class KernelReport
{
    public static string Describe(ShardAlgorithms algorithms)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        return $"kernel {algorithms.KernelName}, vectors of {width} bits, available: {string.Join(", ", GradientKernels.Available.Select(k => k.Name))}";
    }
}
