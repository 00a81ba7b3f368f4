namespace AotRecTrainer.Training.Options;

/// <summary>The settings that decide the bits of the model; stored in <c>config.json</c>. How it is computed is not among them.</summary>
/// <param name="Dataset">Location of the data set.</param>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Optimizer">Name of the optimizer.</param>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="Factors">Length of the factor vectors.</param>
/// <param name="LearningRate">Step size.</param>
/// <param name="Momentum">Share of the last step that is kept.</param>
/// <param name="Regularization">λ of the L2 penalty.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Preset">The preset, or null.</param>
/// <param name="Patience">Epochs without improvement before stopping; 0 never stops.</param>
public sealed record TrainingSettings(
    string Dataset, string Algorithm, string Optimizer, int Epochs, int Factors, float LearningRate, float Momentum,
    float Regularization, long Seed, string? Preset, int Patience);
