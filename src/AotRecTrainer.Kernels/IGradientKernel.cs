namespace AotRecTrainer.Kernels;

/// <summary>One way of computing the gradient of biased matrix factorization; stateless and safe to share.</summary>
public interface IGradientKernel
{
    /// <summary>Short lower-case name: <c>scalar</c>, <c>vector256</c>, <c>vector512</c> or <c>openblas</c>.</summary>
    string Name { get; }

    /// <summary>Reserves native memory for one thread's work; the caller disposes it.</summary>
    /// <param name="items">Number of items, at least 1.</param>
    /// <param name="factors">Length of a factor vector, 1 to <see cref="GradientWorkspace.MaxFactors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is out of range.</exception>
    GradientWorkspace CreateWorkspace(int items, int factors);
}
