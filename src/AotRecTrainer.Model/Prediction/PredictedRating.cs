using System.Runtime.InteropServices;

namespace AotRecTrainer.Model.Prediction;

/// <summary>A predicted rating.</summary>
/// <param name="Rating">The expected rating, within the scale.</param>
/// <param name="Deviation">
/// Standard deviation of a rating around it, in stars: how far the samples are apart and, where it was estimated, the noise of a
/// rating; NaN for a model that is a single sample without a noise estimate.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PredictedRating(float Rating, float Deviation);
