namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Symmetric rank-k updates of OpenBLAS over the gathered rows.</summary>
internal sealed class OpenBlasEquationKernel : IEquationKernel
{
    public static bool IsSupported => Interop.OpenBlas.State.IsLoaded;

    public string Name => "openblas";

    public EquationWorkspace CreateWorkspace(int factors) => new OpenBlasEquationWorkspace(factors);
}
