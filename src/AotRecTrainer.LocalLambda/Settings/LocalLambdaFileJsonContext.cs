using System.Text.Json;
using System.Text.Json.Serialization;

namespace AotRecTrainer.LocalLambda;

/// <summary>The JSON of the settings file, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(LocalLambdaFileContent))]
internal sealed partial class LocalLambdaFileJsonContext : JsonSerializerContext;
