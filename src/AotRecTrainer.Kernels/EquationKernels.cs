using AotRecTrainer.Kernels.Bodies;

namespace AotRecTrainer.Kernels;

/// <summary>The normal-equation kernels of this machine, and the choice among them.</summary>
public static class EquationKernels
{
    /// <summary>Every kernel that runs here, the preferred one first; <c>scalar</c> is always the last.</summary>
    public static IReadOnlyList<IEquationKernel> Available { get; } = [.. Accelerated(), new ScalarEquationKernel()];

    /// <summary>
    /// The kernel named by <see cref="GradientKernels.EnvironmentVariable"/>, otherwise the first of <see cref="Available"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The variable names a kernel that does not run here.</exception>
    public static IEquationKernel Best => Select(name: null);

    /// <summary>Finds a kernel by its name.</summary>
    /// <param name="name">A name, in any case; null or empty for <see cref="Best"/>.</param>
    /// <exception cref="ArgumentException">No kernel of that name runs here; the message lists those that do.</exception>
    public static IEquationKernel Select(string? name) => KernelChoice.Select(Available, name);

    private static List<IEquationKernel> Accelerated()
    {
        var kernels = new List<IEquationKernel>();
        if (Vector256EquationKernel.IsSupported)
        {
            kernels.Add(new Vector256EquationKernel());
        }

        if (Vector512EquationKernel.IsSupported)
        {
            kernels.Add(new Vector512EquationKernel());
        }

        if (OpenBlasEquationKernel.IsSupported)
        {
            kernels.Add(new OpenBlasEquationKernel());
        }

        return kernels;
    }
}
