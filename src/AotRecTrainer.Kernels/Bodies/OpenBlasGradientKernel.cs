namespace AotRecTrainer.Kernels.Bodies;

/// <summary>Matrix-vector and outer products of OpenBLAS over the gathered item rows of a user.</summary>
internal sealed class OpenBlasGradientKernel : IGradientKernel
{
    public static bool IsSupported => Interop.OpenBlas.State.IsLoaded;

    public string Name => "openblas";

    public GradientWorkspace CreateWorkspace(int items, int factors)
    {
        KernelThrow.IfShapeOutOfRange(items, factors);
        return new OpenBlasGradientWorkspace(items, factors);
    }
}
