namespace AotRecTrainer.Kernels;

/// <summary>One way of summing the normal equations of a user or an item.</summary>
public interface IEquationKernel : IKernel
{
    /// <summary>Reserves native memory for one thread's work; the caller disposes it.</summary>
    /// <param name="factors">Length of a factor vector, 1 to <see cref="GradientWorkspace.MaxFactors"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factors"/> is out of range.</exception>
    EquationWorkspace CreateWorkspace(int factors);
}
