using System.Text.Json;
using System.Text.Json.Serialization;
using AotRecTrainer.Training.Options;

namespace AotRecTrainer.Training.Messages;

/// <summary>Source-generated JSON of everything that crosses a process boundary. Unknown fields in events are errors.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CoordinatorEvent))]
[JsonSerializable(typeof(WorkerEvent))]
[JsonSerializable(typeof(WorkerResult))]
[JsonSerializable(typeof(CoordinatorResult))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(CheckpointDescription))]
[JsonSerializable(typeof(ModelDescription))]
[JsonSerializable(typeof(LeaseRecord))]
[JsonSerializable(typeof(RunConfig))]
[JsonSerializable(typeof(RecommendEvent))]
[JsonSerializable(typeof(RecommendResult))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(TrainingSettings))]
public sealed partial class TrainingJson : JsonSerializerContext;
