using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Kernels;

/// <summary>How a kernel is found by name, the same for every family.</summary>
internal static class KernelChoice
{
    /// <summary>Name of the environment variable that forces a kernel in every family.</summary>
    public const string EnvironmentVariable = "AOTREC_KERNEL";

    /// <summary>The kernel called <paramref name="name"/>, else the one that the environment forces, else the first.</summary>
    public static TKernel Select<TKernel>(IReadOnlyList<TKernel> available, string? name)
        where TKernel : IKernel
    {
        string? wanted = string.IsNullOrEmpty(name) ? Environment.GetEnvironmentVariable(EnvironmentVariable) : name;
        return string.IsNullOrEmpty(wanted) ? available[0] : Find(available, wanted);
    }

    private static TKernel Find<TKernel>(IReadOnlyList<TKernel> available, string wanted)
        where TKernel : IKernel
    {
        foreach (TKernel kernel in available)
        {
            if (string.Equals(kernel.Name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                return kernel;
            }
        }

        string names = string.Join(", ", available.Select(kernel => kernel.Name));
        throw new ArgumentException($"kernel '{wanted}' is not available here; available: {names}. {OpenBlas.State.Description}", nameof(wanted));
    }
}
