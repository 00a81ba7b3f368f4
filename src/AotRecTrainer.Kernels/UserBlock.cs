using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels;

/// <summary>Checked and pinned arguments of one <see cref="GradientWorkspace.Accumulate"/>; shapes as described there.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct UserBlock(
    int users,
    int* offsets,
    int* items,
    float* ratings,
    float* factors,
    float* biases,
    float* factorGradient,
    float* biasGradient)
{
    public readonly int Users = users;
    public readonly int* Offsets = offsets;
    public readonly int* Items = items;
    public readonly float* Ratings = ratings;
    public readonly float* Factors = factors;
    public readonly float* Biases = biases;
    public readonly float* FactorGradient = factorGradient;
    public readonly float* BiasGradient = biasGradient;
}
