namespace AotRecTrainer.Model.Serialization;

/// <summary>Where the rows of a stored table go.</summary>
internal readonly record struct ParameterRows(float[] UserFactors, float[] UserBiases, float[] ItemFactors, float[] ItemBiases);
