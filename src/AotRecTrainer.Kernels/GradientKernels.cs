using AotRecTrainer.Kernels.Bodies;
using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Kernels;

/// <summary>The gradient kernels of this machine, and the choice among them.</summary>
public static class GradientKernels
{
    /// <summary>Name of the environment variable that forces a kernel.</summary>
    public const string EnvironmentVariable = "AOTREC_KERNEL";

    /// <summary>Every kernel that runs here, the preferred one first; <c>scalar</c> is always the last.</summary>
    public static IReadOnlyList<IGradientKernel> Available { get; } = [.. Accelerated(), new ScalarGradientKernel()];

    /// <summary>The kernel named by <see cref="EnvironmentVariable"/>, otherwise the first of <see cref="Available"/>.</summary>
    /// <exception cref="ArgumentException">The variable names a kernel that does not run here.</exception>
    public static IGradientKernel Best => Select(name: null);

    /// <summary>Finds a kernel by its name.</summary>
    /// <param name="name">A name, in any case; null or empty for <see cref="Best"/>.</param>
    /// <exception cref="ArgumentException">No kernel of that name runs here; the message lists those that do.</exception>
    public static IGradientKernel Select(string? name)
    {
        string? wanted = string.IsNullOrEmpty(name) ? Environment.GetEnvironmentVariable(EnvironmentVariable) : name;
        return string.IsNullOrEmpty(wanted) ? Available[0] : Find(wanted);
    }

    private static IGradientKernel Find(string wanted)
    {
        foreach (IGradientKernel kernel in Available)
        {
            if (string.Equals(kernel.Name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                return kernel;
            }
        }

        string names = string.Join(", ", Available.Select(kernel => kernel.Name));
        throw new ArgumentException($"kernel '{wanted}' is not available here; available: {names}. {OpenBlas.State.Description}", nameof(wanted));
    }

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
