using AotRecTrainer.Kernels;
using AotRecTrainer.Model.Algorithms.Equations;
using AotRecTrainer.Model.Algorithms.Gradient;

namespace AotRecTrainer.Model.Algorithms;

/// <summary>Finds the worker's half for a task.</summary>
/// <param name="gradients">Computes gradients.</param>
/// <param name="equations">Sums normal equations.</param>
public sealed class ShardAlgorithms(IGradientKernel gradients, IEquationKernel equations)
{
    /// <summary>The kernels that this machine does best with, or those that the environment names.</summary>
    public static ShardAlgorithms Best => new(GradientKernels.Best, EquationKernels.Best);

    /// <summary>Name of the kernels.</summary>
    public string KernelName => gradients.Name;

    /// <summary>A new worker's half for tasks like this one; the caller disposes it.</summary>
    public IShardAlgorithm Create(RoundTask task) => task switch
    {
        GradientTask => new GradientShardAlgorithm(gradients),
        EquationTask => new EquationShardAlgorithm(equations),
        _ => throw new ArgumentException($"no algorithm for {task?.GetType().Name}", nameof(task)),
    };
}
