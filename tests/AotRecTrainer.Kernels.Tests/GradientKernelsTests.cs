using AotRecTrainer.Kernels.Interop;

namespace AotRecTrainer.Kernels.Tests;

public sealed class GradientKernelsTests
{
    [Fact]
    public void Available_Order_IsByPreferenceWithScalarLast()
    {
        string[] preference = ["vector512", "vector256", "openblas", "scalar"];
        string[] names = [.. GradientKernels.Available.Select(kernel => kernel.Name)];
        Assert.Equal(preference.Intersect(names, StringComparer.Ordinal), names);
        Assert.Equal("scalar", names[^1]);
        Assert.Equal(OpenBlas.State.IsLoaded, names.Contains("openblas", StringComparer.Ordinal));
    }

    [Fact]
    public void EquationKernels_Available_HaveTheSameNames()
    {
        // So that one environment variable can force both families.
        Assert.Equal(
            GradientKernels.Available.Select(kernel => kernel.Name).Order(StringComparer.Ordinal),
            EquationKernels.Available.Select(kernel => kernel.Name).Order(StringComparer.Ordinal));
        Assert.Equal("scalar", EquationKernels.Available[^1].Name);
    }

    [Fact]
    public void Select_UnknownName_ThrowsWithTheNames()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => GradientKernels.Select("abacus"));
        Assert.Contains("'abacus'", error.Message, StringComparison.Ordinal);
        Assert.All(GradientKernels.Available, kernel => Assert.Contains(kernel.Name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Select_AnyCase_FindsTheKernel() => Assert.Equal("scalar", GradientKernels.Select("SCALAR").Name);

    [Fact]
    public void Best_EnvironmentVariable_Forces()
    {
        string? before = Environment.GetEnvironmentVariable(GradientKernels.EnvironmentVariable);
        try
        {
            Environment.SetEnvironmentVariable(GradientKernels.EnvironmentVariable, null);
            Assert.Same(GradientKernels.Available[0], GradientKernels.Best);
            Assert.Same(EquationKernels.Available[0], EquationKernels.Best);
            Environment.SetEnvironmentVariable(GradientKernels.EnvironmentVariable, "scalar");
            Assert.Equal("scalar", GradientKernels.Best.Name);
            Assert.Equal("scalar", EquationKernels.Best.Name);
            Environment.SetEnvironmentVariable(GradientKernels.EnvironmentVariable, "abacus");
            Assert.Throws<ArgumentException>(() => GradientKernels.Best);
            Assert.Throws<ArgumentException>(() => EquationKernels.Best);
            Assert.Equal("scalar", GradientKernels.Select("scalar").Name);      // an explicit name wins
        }
        finally
        {
            Environment.SetEnvironmentVariable(GradientKernels.EnvironmentVariable, before);
        }
    }

    [Fact]
    public void Probe_MissingLibrary_IsAFactNotAnError()
    {
        (BlasState state, nint handle) = OpenBlas.Probe(["libno-such-blas.so.0", "libno-such-blas.so"]);
        Assert.False(state.IsLoaded);
        Assert.Equal(0, handle);
        Assert.Equal(
            "OpenBLAS not used: none of libno-such-blas.so.0, libno-such-blas.so could be loaded", state.Description);
    }

    [Fact]
    public void Probe_LibraryWithoutBlas_SaysSo()
    {
        string library = OperatingSystem.IsLinux() ? "libc.so.6" : "kernel32";
        (BlasState state, _) = OpenBlas.Probe([library]);
        Assert.False(state.IsLoaded);
        Assert.Equal($"OpenBLAS not used: {library} lacks a function that is needed", state.Description);
    }
}
