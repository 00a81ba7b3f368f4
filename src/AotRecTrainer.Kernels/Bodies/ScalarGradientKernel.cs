namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Plain loops: the specification that the other bodies are tested against, and the one that runs everywhere.</summary>
internal sealed class ScalarGradientKernel : IGradientKernel
{
    public string Name => "scalar";

    public GradientWorkspace CreateWorkspace(int items, int factors)
    {
        KernelThrow.IfShapeOutOfRange(items, factors);
        return new ScalarGradientWorkspace(items, factors);
    }
}
