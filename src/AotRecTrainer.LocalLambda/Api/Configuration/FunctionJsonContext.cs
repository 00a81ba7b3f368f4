using System.Text.Json.Serialization;

namespace AotRecTrainer.LocalLambda.Api.Configuration;

/// <summary>The JSON of the calls about functions, generated at build time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionConfiguration))]
[JsonSerializable(typeof(FunctionDescription))]
[JsonSerializable(typeof(FunctionList))]
internal sealed partial class FunctionJsonContext : JsonSerializerContext;
