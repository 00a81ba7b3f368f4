using AotRecTrainer.Model.Statistics;
using AotRecTrainer.Training.Worker;

namespace AotRecTrainer.Training.Coordinator;

/// <summary>The stored statistics of a shard, read and found good; the buffer belongs to the reducer's pool.</summary>
internal readonly record struct ShardReading(ShardStatistics Statistics, WorkNotes Notes);
