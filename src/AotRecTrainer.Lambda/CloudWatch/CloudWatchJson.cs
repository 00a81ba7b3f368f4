using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.CloudWatch;

/// <summary>The JSON of CloudWatch Logs, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FilterRequest))]
[JsonSerializable(typeof(FilterAnswer))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class CloudWatchJson : JsonSerializerContext;
