namespace AotRecTrainer.Model.Data;

/// <summary>A decoded shard.</summary>
/// <param name="Train">The ratings to train on.</param>
/// <param name="Test">The held-out ratings of the same users.</param>
/// <param name="RatingLow">Least rating of the scale, to which predictions of held-out ratings are clipped.</param>
/// <param name="RatingHigh">Greatest rating of the scale.</param>
public sealed record ShardData(ShardRatings Train, ShardRatings Test, float RatingLow, float RatingHigh);
