using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.Runtime;

/// <summary>The JSON of the Runtime API, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class RuntimeJsonContext : JsonSerializerContext;
