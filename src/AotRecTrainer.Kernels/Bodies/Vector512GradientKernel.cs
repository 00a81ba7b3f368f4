using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AotRecTrainer.Kernels.Bodies;

/// <summary>512-bit vectors, where the machine has them and runs them at full speed.</summary>
internal sealed class Vector512GradientKernel : IGradientKernel
{
    public static bool IsSupported =>
        Vector256GradientKernel.IsSupported && Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported;

    public string Name => "vector512";

    public GradientWorkspace CreateWorkspace(int items, int factors)
    {
        KernelThrow.IfShapeOutOfRange(items, factors);
        return factors switch
        {
            <= NarrowGradientWorkspace.MostFactors => new Narrow512GradientWorkspace(items, factors),
            < 8 => new RowGradientWorkspace<Row256x1, BiasInRow>(items, factors),
            8 => new RowGradientWorkspace<Row256x1, BiasBeside>(items, factors),
            < 16 => new RowGradientWorkspace<Row512x1, BiasInRow>(items, factors),
            16 => new RowGradientWorkspace<Row512x1, BiasBeside>(items, factors),
            < 32 => new RowGradientWorkspace<Row512x2, BiasInRow>(items, factors),
            32 => new RowGradientWorkspace<Row512x2, BiasBeside>(items, factors),
            < 48 => new RowGradientWorkspace<Row512x3, BiasInRow>(items, factors),
            48 => new RowGradientWorkspace<Row512x3, BiasBeside>(items, factors),
            < 64 => new RowGradientWorkspace<Row512x4, BiasInRow>(items, factors),
            64 => new RowGradientWorkspace<Row512x4, BiasBeside>(items, factors),
            _ when factors % Row512x2.Width == 0 => new WideGradientWorkspace<Row512x2, Row512x4, BiasBeside>(items, factors),
            _ => new WideGradientWorkspace<Row512x2, Row512x4, BiasInRow>(items, factors),
        };
    }
}
