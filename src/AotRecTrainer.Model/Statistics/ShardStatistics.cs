namespace AotRecTrainer.Model.Statistics;

/// <summary>
/// What one shard contributes to a round: the gradient of half the squared-error sum over its training ratings, and its error
/// sums. The user part is complete, since all ratings of a user are in one shard; the item part is one addend.
/// </summary>
/// <param name="Shard">Index of the shard.</param>
/// <param name="UserFirst">Index of the shard's first user.</param>
/// <param name="UserFactors">Gradient of P's rows of this shard: users × factors.</param>
/// <param name="UserBiases">Gradient of b_u of this shard.</param>
/// <param name="ItemFactors">This shard's part of the gradient of Q: items × factors.</param>
/// <param name="ItemBiases">This shard's part of the gradient of b_i.</param>
/// <param name="Errors">Error sums of the shard under the parameters that the round began with.</param>
public sealed record ShardStatistics(
    int Shard, int UserFirst, float[] UserFactors, float[] UserBiases, float[] ItemFactors, float[] ItemBiases, ErrorSums Errors);
