namespace AotRecTrainer.Kernels.Interop;

/// <summary>What the one look for OpenBLAS found.</summary>
/// <param name="Library">Name under which the library was loaded; null when it is missing.</param>
/// <param name="Description">One line for a log: build and threads, or why the library is not in use.</param>
public sealed record BlasState(string? Library, string Description)
{
    /// <summary>Whether OpenBLAS can be called.</summary>
    public bool IsLoaded => Library is not null;
}
