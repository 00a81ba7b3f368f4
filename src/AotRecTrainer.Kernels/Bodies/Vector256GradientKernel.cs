using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>256-bit vectors with fused multiply-add (AVX2), which every x86-64 machine of AWS Lambda has.</summary>
internal sealed class Vector256GradientKernel : IGradientKernel
{
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported;

    public string Name => "vector256";

    public GradientWorkspace CreateWorkspace(int items, int factors)
    {
        KernelThrow.IfShapeOutOfRange(items, factors);
        return factors switch
        {
            <= NarrowGradientWorkspace.MostFactors => new Narrow256GradientWorkspace(items, factors),
            < 8 => new RowGradientWorkspace<Row256x1, BiasInRow>(items, factors),
            8 => new RowGradientWorkspace<Row256x1, BiasBeside>(items, factors),
            < 16 => new RowGradientWorkspace<Row256x2, BiasInRow>(items, factors),
            16 => new RowGradientWorkspace<Row256x2, BiasBeside>(items, factors),
            < 24 => new RowGradientWorkspace<Row256x3, BiasInRow>(items, factors),
            24 => new RowGradientWorkspace<Row256x3, BiasBeside>(items, factors),
            < 32 => new RowGradientWorkspace<Row256x4, BiasInRow>(items, factors),
            32 => new RowGradientWorkspace<Row256x4, BiasBeside>(items, factors),
            _ when factors % Row256x2.Width == 0 => new WideGradientWorkspace<Row256x2, Row256x4, BiasBeside>(items, factors),
            _ => new WideGradientWorkspace<Row256x2, Row256x4, BiasInRow>(items, factors),
        };
    }
}
