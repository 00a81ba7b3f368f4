using AotRecTrainer.Kernels.Bodies;

namespace AotRecTrainer.Kernels;

/// <summary>The gradient kernels of this machine, and the choice among them.</summary>
public static class GradientKernels
{
    /// <summary>Name of the environment variable that forces a kernel; it holds for <see cref="EquationKernels"/> too.</summary>
    public const string EnvironmentVariable = KernelChoice.EnvironmentVariable;

    /// <summary>Every kernel that runs here, the preferred one first; <c>scalar</c> is always the last.</summary>
    public static IReadOnlyList<IGradientKernel> Available { get; } = [.. Accelerated(), new ScalarGradientKernel()];

    /// <summary>The kernel named by <see cref="EnvironmentVariable"/>, otherwise the first of <see cref="Available"/>.</summary>
    /// <exception cref="ArgumentException">The variable names a kernel that does not run here.</exception>
    public static IGradientKernel Best => Select(name: null);

    /// <summary>Finds a kernel by its name.</summary>
    /// <param name="name">A name, in any case; null or empty for <see cref="Best"/>.</param>
    /// <exception cref="ArgumentException">No kernel of that name runs here; the message lists those that do.</exception>
    public static IGradientKernel Select(string? name) => KernelChoice.Select(Available, name);

    private static List<IGradientKernel> Accelerated()
    {
        var kernels = new List<IGradientKernel>();
        if (Vector512GradientKernel.IsSupported)
        {
            kernels.Add(new Vector512GradientKernel());
        }

        if (Vector256GradientKernel.IsSupported)
        {
            kernels.Add(new Vector256GradientKernel());
        }

        if (OpenBlasGradientKernel.IsSupported)
        {
            kernels.Add(new OpenBlasGradientKernel());
        }

        return kernels;
    }
}
