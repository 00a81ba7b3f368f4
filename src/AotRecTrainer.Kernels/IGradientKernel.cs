namespace AotRecTrainer.Kernels;

/// <summary>One way of computing the gradient of biased matrix factorization.</summary>
public interface IGradientKernel : IKernel
{
    /// <summary>Reserves native memory for one thread's work; the caller disposes it.</summary>
    /// <param name="items">Number of items, at least 1.</param>
    /// <param name="factors">Length of a factor vector, 1 to <see cref="GradientWorkspace.MaxFactors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is out of range.</exception>
    GradientWorkspace CreateWorkspace(int items, int factors);
}
