namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Plain loops: the specification that the other bodies are tested against, and the one that runs everywhere.</summary>
internal sealed class ScalarEquationKernel : IEquationKernel
{
    public string Name => "scalar";

    public EquationWorkspace CreateWorkspace(int factors) => new ScalarEquationWorkspace(factors);
}
