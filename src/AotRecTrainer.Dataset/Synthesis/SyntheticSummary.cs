namespace AotRecTrainer.Dataset.Synthesis;

/// <summary>What a synthetic file holds.</summary>
/// <param name="Ratings">Number of ratings written.</param>
/// <param name="NoiseFloor">
/// Root mean squared error, in stars, of the planted model on its own ratings, its predictions clipped to the scale 1 .. 5.
/// </param>
/// <param name="Mean">Mean of the stars.</param>
public sealed record SyntheticSummary(int Ratings, double NoiseFloor, double Mean);
