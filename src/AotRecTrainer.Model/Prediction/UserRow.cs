namespace AotRecTrainer.Model.Prediction;

/// <summary>What a model knows of one user.</summary>
/// <param name="Bias">b_u.</param>
/// <param name="Factors">p_u.</param>
public readonly record struct UserRow(float Bias, ReadOnlyMemory<float> Factors);
