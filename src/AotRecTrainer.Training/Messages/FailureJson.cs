using System.Text.Json.Serialization;

namespace AotRecTrainer.Training.Messages;

/// <summary>Source-generated JSON of failures, which may carry more fields than we read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FunctionFailure))]
public sealed partial class FailureJson : JsonSerializerContext;
