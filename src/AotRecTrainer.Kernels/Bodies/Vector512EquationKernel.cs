namespace AotRecTrainer.Kernels.Bodies;

/// <summary>512-bit vectors, where the machine has them.</summary>
internal sealed class Vector512EquationKernel : IEquationKernel
{
    public static bool IsSupported => Vector512GradientKernel.IsSupported;

    public string Name => "vector512";

    public EquationWorkspace CreateWorkspace(int factors) => new VectorEquationWorkspace<Row512x1, Row512x2>(factors);
}
