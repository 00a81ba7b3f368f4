using System.Runtime.InteropServices;

namespace AotRecTrainer.Kernels;

/// <summary>What one pass over a block of ratings found besides the gradients.</summary>
/// <param name="SquaredError">Sum of squared residuals, unclipped and without regularization; NaN when a parameter was NaN.</param>
/// <param name="Ratings">Number of ratings in the pass; zero for a block without ratings.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GradientTotals(double SquaredError, long Ratings);
