using System.Text.Json.Serialization;

namespace AotRecTrainer.Lambda.Invoke;

/// <summary>The JSON of the Invoke API, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ServiceError))]
internal sealed partial class InvokeJsonContext : JsonSerializerContext;
