using AotRecTrainer.Model.Data;

namespace AotRecTrainer.Training.Worker;

/// <summary>A decoded shard: its training and its held-out ratings.</summary>
internal sealed record CachedShard(ShardRatings Train, ShardRatings Test);
