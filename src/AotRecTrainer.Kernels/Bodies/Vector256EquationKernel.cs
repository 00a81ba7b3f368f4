namespace AotRecTrainer.Kernels.Bodies;

/// <summary>256-bit vectors with fused multiply-add (AVX2), which every x86-64 machine of AWS Lambda has.</summary>
internal sealed class Vector256EquationKernel : IEquationKernel
{
    public static bool IsSupported => Vector256GradientKernel.IsSupported;

    public string Name => "vector256";

    public EquationWorkspace CreateWorkspace(int factors) => new VectorEquationWorkspace<Row256x1, Row256x2>(factors);
}
