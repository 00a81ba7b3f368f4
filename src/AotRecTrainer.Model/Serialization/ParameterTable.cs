namespace AotRecTrainer.Model.Serialization;

/// <summary>Rows of a model: users, items, or whatever else has factors and a bias.</summary>
/// <param name="Factors">Rows × factors.</param>
/// <param name="Biases">One per row.</param>
internal readonly record struct ParameterTable(float[] Factors, float[] Biases);
