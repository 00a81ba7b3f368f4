namespace AotRecTrainer.Kernels;

/// <summary>What every family of kernels has in common; kernels are stateless and safe to share.</summary>
public interface IKernel
{
    /// <summary>Short lower-case name: <c>scalar</c>, <c>vector256</c>, <c>vector512</c> or <c>openblas</c>.</summary>
    string Name { get; }
}
